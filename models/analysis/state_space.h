// The states of a Markov chain found by exploration from a start: a state is
// any ordered value, its moves are told by a function. Where components are
// alike, `canonical` maps each state to the one that stands for all that look
// the same (sorted, or counted), and the chain is lumped as it is built
// [Kemeny76, section 6.3]: exact as long as states that look the same move
// alike.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "models/analysis/markov_chain.h"

namespace outagesim {

template <class State>
struct StateSpace {
  std::vector<State> states;  // in the order found; the start is the first
  MarkovChain chain;
  bool whole = true;  // false: there are more states than were allowed
};

inline constexpr std::uint32_t kMostStates = 2'000'000;

// `moves(state, to)` calls to(next, rate) for each move. The starts, all
// different and canonical, are the first states; others are found breadth
// first. When `most` is exceeded what was found is returned, marked as not
// whole. O(moves × log states).
template <class State, class Moves, class Canonical = std::identity>
StateSpace<State> explore_from(const std::vector<State>& starts, Moves moves,
                               Canonical canonical = {},
                               std::uint32_t most = kMostStates) {
  StateSpace<State> space;
  std::map<State, std::uint32_t> number;
  std::vector<ChainMove> found;
  const auto number_of = [&](const State& state) {
    const auto [at, is_new] = number.try_emplace(
        state, static_cast<std::uint32_t>(space.states.size()));
    if (is_new) space.states.push_back(state);
    return at->second;
  };
  for (const State& start : starts) number_of(start);
  for (std::uint32_t from = 0; from < space.states.size(); ++from) {
    if (space.states.size() > most) {
      space.whole = false;
      return space;
    }
    const State state = space.states[from];  // a copy: the list may move
    moves(state, [&](const State& next, double rate) {
      if (rate > 0) found.push_back({from, number_of(canonical(next)), rate});
    });
  }
  space.chain = make_chain(static_cast<std::uint32_t>(space.states.size()),
                           std::move(found));
  return space;
}

template <class State, class Moves, class Canonical = std::identity>
StateSpace<State> explore(const State& start, Moves moves,
                          Canonical canonical = {},
                          std::uint32_t most = kMostStates) {
  return explore_from(std::vector<State>{canonical(start)}, moves, canonical,
                      most);
}

// Which states have a property, for made_absorbing() and the like.
template <class State, class Has>
std::vector<std::uint8_t> marked_states(const StateSpace<State>& space,
                                        Has has) {
  std::vector<std::uint8_t> marked;
  for (const State& state : space.states) marked.push_back(has(state) ? 1 : 0);
  return marked;
}

}  // namespace outagesim

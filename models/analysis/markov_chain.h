// A continuous-time Markov chain: numbered states and the rates between them,
// as a compressed matrix. Built from a list of moves, or by exploration from a
// start (state_space.h); answered by stationary.h and transient.h. Pure
// mathematics: rates are per one unit of time, the caller's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace outagesim {

struct ChainMove {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double rate = 0;
};

struct MarkovChain {
  std::vector<std::uint32_t> first;  // states + 1, into `to` and `rate`
  std::vector<std::uint32_t> to;     // ascending within a state
  std::vector<double> rate;          // > 0
  std::vector<double> exit;          // by state: the sum of its rates

  std::uint32_t states() const {
    return static_cast<std::uint32_t>(exit.size());
  }
};

// Moves between the same two states add up; those from a state to itself, and
// those of rate 0, change nothing and are left out. O(moves log moves).
// Preconditions: ends < states, rates >= 0 and finite.
MarkovChain make_chain(std::uint32_t states, std::vector<ChainMove> moves);

// The same moves the other way round; `exit` stays that of the chain itself.
MarkovChain reversed_moves(const MarkovChain& chain);

// The chain in which nothing leaves the states marked.
MarkovChain made_absorbing(const MarkovChain& chain,
                           const std::vector<std::uint8_t>& marked);

// Whether every state can reach every other. O(moves).
bool is_irreducible(const MarkovChain& chain);

}  // namespace outagesim

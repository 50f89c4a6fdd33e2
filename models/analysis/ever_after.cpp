#include "models/analysis/ever_after.h"

#include <algorithm>
#include <utility>

namespace outagesim {
namespace {

using States = std::vector<std::uint32_t>;
using Marks = std::vector<std::uint8_t>;

// What can be reached from `open`, itself included; nothing leads on from the
// states of `end`.
Marks reached(const MarkovChain& chain, States open, const Marks& end = {}) {
  Marks in(chain.states(), 0);
  for (const std::uint32_t s : open) in[s] = 1;
  while (!open.empty()) {
    const std::uint32_t s = open.back();
    open.pop_back();
    if (!end.empty() && end[s]) continue;
    for (std::uint32_t m = chain.first[s]; m < chain.first[s + 1]; ++m) {
      if (!std::exchange(in[chain.to[m]], 1)) open.push_back(chain.to[m]);
    }
  }
  return in;
}

// A state that is reached from itself and leads to none that does not lead
// back.
std::uint32_t recurrent_state(const MarkovChain& chain,
                              const MarkovChain& back) {
  std::uint32_t state = 0;
  while (true) {
    const Marks to = reached(chain, {state}), from = reached(back, {state});
    std::uint32_t beyond = 0;
    while (beyond < to.size() && (!to[beyond] || from[beyond])) ++beyond;
    if (beyond == to.size()) return state;
    state = beyond;
  }
}

MarkovChain part_of(const MarkovChain& chain, const Marks& in) {
  States number(chain.states(), 0);
  std::uint32_t count = 0;
  for (std::uint32_t s = 0; s < chain.states(); ++s) {
    if (in[s]) number[s] = count++;
  }
  std::vector<ChainMove> moves;
  for (std::uint32_t s = 0; s < chain.states(); ++s) {
    for (std::uint32_t m = chain.first[s]; in[s] && m < chain.first[s + 1];
         ++m) {
      moves.push_back({number[s], number[chain.to[m]], chain.rate[m]});
    }
  }
  return make_chain(count, std::move(moves));
}

}  // namespace

std::optional<StationaryAnswer> ever_after(const MarkovChain& chain) {
  if (is_irreducible(chain)) return stationary(chain);
  const MarkovChain back = reversed_moves(chain);
  const std::uint32_t state = recurrent_state(chain, back);
  if (std::ranges::count(reached(back, {state}), 0) > 0) return std::nullopt;
  const Marks stays = reached(chain, {state});
  StationaryAnswer answer = stationary(part_of(chain, stays));
  std::vector<double> all(chain.states(), 0.0);
  auto next = answer.probability.begin();
  for (std::uint32_t s = 0; s < chain.states(); ++s) {
    if (stays[s]) all[s] = *next++;
  }
  answer.probability = std::move(all);
  return answer;
}

bool surely_enters(const MarkovChain& chain, const std::vector<double>& initial,
                   const std::vector<std::uint8_t>& marked) {
  States begun, goals;
  for (std::uint32_t s = 0; s < chain.states(); ++s) {
    if (initial[s] > 0) begun.push_back(s);
    if (marked[s]) goals.push_back(s);
  }
  const Marks may = reached(chain, std::move(begun), marked);
  const Marks leads = reached(reversed_moves(chain), std::move(goals));
  for (std::uint32_t s = 0; s < chain.states(); ++s) {
    if (may[s] && !leads[s]) return false;
  }
  return true;
}

}  // namespace outagesim

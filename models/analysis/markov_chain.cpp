#include "models/analysis/markov_chain.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace outagesim {
namespace {

// How many states can be reached from the first.
std::uint32_t reached_from_first(const MarkovChain& chain) {
  std::vector<std::uint8_t> seen(chain.states(), 0);
  std::vector<std::uint32_t> open{0};
  seen[0] = 1;
  std::uint32_t count = 0;
  while (!open.empty()) {
    const std::uint32_t state = open.back();
    open.pop_back();
    ++count;
    for (std::uint32_t m = chain.first[state]; m < chain.first[state + 1];
         ++m) {
      if (!std::exchange(seen[chain.to[m]], 1)) open.push_back(chain.to[m]);
    }
  }
  return count;
}

}  // namespace

MarkovChain make_chain(std::uint32_t states, std::vector<ChainMove> moves) {
  std::erase_if(
      moves, [](const ChainMove& m) { return m.from == m.to || m.rate == 0; });
  std::ranges::stable_sort(
      moves, {}, [](const ChainMove& m) { return std::pair(m.from, m.to); });
  MarkovChain chain;
  chain.first.assign(states + 1, 0);
  chain.exit.assign(states, 0);
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const ChainMove& move = moves[i];
    assert(move.from < states && move.to < states && move.rate > 0);
    chain.exit[move.from] += move.rate;
    const bool again =
        i > 0 && moves[i - 1].from == move.from && moves[i - 1].to == move.to;
    if (again) {
      chain.rate.back() += move.rate;
      continue;
    }
    chain.to.push_back(move.to);
    chain.rate.push_back(move.rate);
    ++chain.first[move.from + 1];
  }
  for (std::uint32_t s = 0; s < states; ++s) {
    chain.first[s + 1] += chain.first[s];
  }
  return chain;
}

MarkovChain reversed_moves(const MarkovChain& chain) {
  MarkovChain back;
  const std::uint32_t n = chain.states();
  back.first.assign(n + 1, 0);
  for (const std::uint32_t to : chain.to) ++back.first[to + 1];
  for (std::uint32_t s = 0; s < n; ++s) back.first[s + 1] += back.first[s];
  back.to.resize(chain.to.size());
  back.rate.resize(chain.to.size());
  std::vector<std::uint32_t> next(back.first.begin(), back.first.end() - 1);
  for (std::uint32_t from = 0; from < n; ++from) {
    for (std::uint32_t m = chain.first[from]; m < chain.first[from + 1]; ++m) {
      const std::uint32_t slot = next[chain.to[m]]++;
      back.to[slot] = from;
      back.rate[slot] = chain.rate[m];
    }
  }
  back.exit = chain.exit;
  return back;
}

MarkovChain made_absorbing(const MarkovChain& chain,
                           const std::vector<std::uint8_t>& marked) {
  MarkovChain open;
  open.first.push_back(0);
  for (std::uint32_t from = 0; from < chain.states(); ++from) {
    const std::uint32_t begin = chain.first[from];
    const std::uint32_t end = marked[from] ? begin : chain.first[from + 1];
    open.to.insert(open.to.end(), chain.to.begin() + begin,
                   chain.to.begin() + end);
    open.rate.insert(open.rate.end(), chain.rate.begin() + begin,
                     chain.rate.begin() + end);
    open.exit.push_back(marked[from] ? 0 : chain.exit[from]);
    open.first.push_back(static_cast<std::uint32_t>(open.to.size()));
  }
  return open;
}

bool is_irreducible(const MarkovChain& chain) {
  return chain.states() > 0 && reached_from_first(chain) == chain.states() &&
         reached_from_first(reversed_moves(chain)) == chain.states();
}

}  // namespace outagesim

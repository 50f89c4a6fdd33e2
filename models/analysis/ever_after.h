// Where a Markov chain ends up: the long-run probabilities of the one set of
// states that it never leaves again, all others having none; and whether it
// must reach marked states at all. Chains of systems with people in them need
// not come back to where they began.
#pragma once

#include <optional>

#include "models/analysis/stationary.h"

namespace outagesim {

// Nothing where there are several such sets: it depends on chance which one it
// ends in. Cost: that of stationary(), and O(moves) for each set passed on the
// way.
std::optional<StationaryAnswer> ever_after(const MarkovChain& chain);

// Whether marked states are entered for sure, sooner or later, from wherever
// `initial` may be. O(moves).
bool surely_enters(const MarkovChain& chain, const std::vector<double>& initial,
                   const std::vector<std::uint8_t>& marked);

}  // namespace outagesim

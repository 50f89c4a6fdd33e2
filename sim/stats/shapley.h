// How a total is shared out fairly among the players of a coalition game
// [Shapley53]: each gets what it adds to those before it, averaged over all
// orders in which the players could come. The shares sum to the total.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/random.h"

namespace outagesim {

// Players 0 … n − 1 as bits.
using Coalition = std::uint64_t;
inline bool has_player(Coalition coalition, unsigned player) {
  return (coalition >> player & 1U) != 0;
}
// Precondition: n < 64.
inline Coalition everybody(unsigned n) { return (Coalition{1} << n) - 1; }

// What the value of a coalition counts in a player's share: the share is the
// sum of coefficient × value over all 2^n coalitions. Precondition: n >= 1;
// exact to rounding. O(n).
double shapley_coefficient(unsigned n, Coalition coalition, unsigned player);

// An order of n players, each equally likely [Durstenfeld64]. O(n).
std::vector<unsigned> random_order(unsigned n, Stream& stream);

}  // namespace outagesim

#include "sim/stats/shapley.h"

#include <bit>
#include <numeric>
#include <utility>

namespace outagesim {
namespace {

// (before)! (n − before − 1)! / n!: how likely it is that exactly these come
// before a player.
double chance_of(unsigned n, unsigned before) {
  double chance = 1.0 / n;
  for (unsigned k = 1; k <= before; ++k) chance *= double(k) / double(n - k);
  return chance;
}

}  // namespace

double shapley_coefficient(unsigned n, Coalition coalition, unsigned player) {
  const auto size = static_cast<unsigned>(std::popcount(coalition));
  return has_player(coalition, player) ? chance_of(n, size - 1)
                                       : -chance_of(n, size);
}

std::vector<unsigned> random_order(unsigned n, Stream& stream) {
  std::vector<unsigned> order(n);
  std::iota(order.begin(), order.end(), 0U);
  for (unsigned left = n; left > 1; --left) {
    const auto pick = static_cast<unsigned>(stream.next() * left);
    std::swap(order[pick], order[left - 1]);
  }
  return order;
}

}  // namespace outagesim

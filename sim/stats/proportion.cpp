#include "sim/stats/proportion.h"

#include <algorithm>
#include <cassert>

namespace outagesim {

Estimate wilson(double successes, std::uint64_t n, double level) {
  if (n == 0) return {};
  const auto count = static_cast<double>(n);
  assert(successes >= 0 && successes <= count);
  const double z = normal_critical(level);
  const double p = successes / count;
  // [Wilson27]
  const double centre = (successes + z * z / 2) / (count + z * z);
  const double half =
      z / (count + z * z) * std::sqrt(count * p * (1 - p) + z * z / 4);
  return {.value = p,
          .low = successes == 0 ? 0 : std::max(0.0, centre - half),
          .high = successes == count ? 1 : std::min(1.0, centre + half),
          .n = n};
}

Estimate Proportion::estimate(double level) const {
  const auto yes = static_cast<double>(successes);
  if (unknown == 0) return wilson(yes, n, level);
  Estimate estimate = wilson(yes, n, level);
  estimate.high = wilson(yes + static_cast<double>(unknown), n, level).high;
  estimate.value =
      unknown == n ? kUndefined : yes / static_cast<double>(n - unknown);
  estimate.censored = unknown;
  return estimate;
}

}  // namespace outagesim

#include "sim/stats/ratio.h"

#include <algorithm>

namespace outagesim {

Estimate Ratio::estimate(double level) const {
  const std::uint64_t n = moments.a.n;
  const double denominator = moments.b.sum.value();
  if (n == 0 || denominator == 0) return {.n = n};
  const double ratio = moments.a.sum.value() / denominator;
  if (n == 1) return {.value = ratio, .n = n};
  // Variance of numerator - ratio * denominator in one replication.
  const double residual = moments.a.variance() -
                          2 * ratio * moments.covariance() +
                          ratio * ratio * moments.b.variance();
  const auto count = static_cast<double>(n);
  const double half = student_critical(level, count - 1) *
                      std::sqrt(std::max(0.0, residual) * count) /
                      std::abs(denominator);
  return {.value = ratio, .low = ratio - half, .high = ratio + half, .n = n};
}

}  // namespace outagesim

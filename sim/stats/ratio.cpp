#include "sim/stats/ratio.h"

#include <algorithm>

namespace outagesim {

// Residuals are 0 where there is no denominator, so their squares are those of
// the others: to divide by told - 1, and to be spread over all n again.
double variance_of_told(double variance, std::uint64_t n, std::uint64_t told) {
  if (told < 2) return kUndefined;
  const auto all = static_cast<double>(n), few = static_cast<double>(told);
  return std::max(0.0, variance) * ((all - 1) * few) / ((few - 1) * all);
}

Estimate Ratio::estimate(double level) const {
  const std::uint64_t n = moments.a.n;
  const double denominator = moments.b.sum.value();
  if (n == 0 || denominator == 0) return {.n = n};
  const double ratio = moments.a.sum.value() / denominator;
  if (told < 2) return {.value = ratio, .n = n};
  // Variance of numerator - ratio * denominator in one replication.
  const double residual = moments.a.variance() -
                          2 * ratio * moments.covariance() +
                          ratio * ratio * moments.b.variance();
  const auto count = static_cast<double>(n);
  const double half = student_critical(level, static_cast<double>(told) - 1) *
                      std::sqrt(variance_of_told(residual, n, told) * count) /
                      std::abs(denominator);
  return {.value = ratio, .low = ratio - half, .high = ratio + half, .n = n};
}

Estimate Ratio::log_estimate(double level) const {
  Estimate estimate = this->estimate(level);
  if (!(estimate.value > 0) || std::isnan(estimate.high)) return estimate;
  const double factor =
      std::exp((estimate.high - estimate.value) / estimate.value);
  estimate.low = estimate.value / factor;
  estimate.high = estimate.value * factor;
  return estimate;
}

}  // namespace outagesim

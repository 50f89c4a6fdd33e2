#include "sim/experiment/paired_interval.h"

#include <algorithm>
#include <cmath>

#include "sim/stats/ratio.h"

namespace outagesim {

double quiet_value(const Metric& metric) {
  return metric.measure == Measure::kNearOne ? 1 : 0;
}

Estimate interval_of(double value, double variance, Known known, double level) {
  Estimate estimate{.value = value, .n = known.n};
  if (known.told < 2 || std::isnan(variance)) return estimate;
  const double error =
      std::sqrt(variance_of_told(variance, known.n, known.told) /
                static_cast<double>(known.n));
  const double half = student_critical(level, double(known.told - 1)) * error;
  estimate.low = value - half;
  estimate.high = value + half;
  return estimate;
}

double variance_unseen(const Metric& metric, std::uint64_t n) {
  return metric.measure == Measure::kConditional ? 1 / double(n) : 0;
}

Estimate with_unseen(Estimate difference, double variance,
                     const PairsSeen& pairs, double level) {
  if (std::isnan(difference.high)) return difference;
  if (pairs.differing == 0 && pairs.size == 0) {
    difference.low = difference.high = kUndefined;
    return difference;
  }
  const auto n = static_cast<double>(pairs.n);
  const auto seen = static_cast<double>(pairs.differing);
  const double squares =
      n * (std::max(0.0, variance) + difference.value * difference.value);
  const double size =
      std::sqrt((squares + pairs.size * pairs.size) / (seen + 1));
  const double z = normal_critical(level);
  const double more = z * z / 2 * size / n * (1 - seen / n);
  const double half =
      more + std::hypot(difference.high - difference.value, more);
  difference.low = difference.value - half;
  difference.high = difference.value + half;
  return difference;
}

}  // namespace outagesim

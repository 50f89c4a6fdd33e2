#include "sim/experiment/paired_interval.h"

#include <cmath>

#include "sim/stats/ratio.h"

namespace outagesim {

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

double variance_unseen(const ComparedMetric& row, std::uint64_t n) {
  return row.metric->measure == Measure::kConditional ? 1 / double(n) : 0;
}

}  // namespace outagesim

#include "sim/stats/proportion.h"

#include <algorithm>
#include <cassert>

namespace outagesim {

namespace {

// [Wilson27], of a share p of `count` trials, a number that may be broken.
Estimate score_interval(double p, double count, double level) {
  const double z = normal_critical(level);
  const double successes = p * count;
  const double centre = (successes + z * z / 2) / (count + z * z);
  const double half =
      z / (count + z * z) * std::sqrt(count * p * (1 - p) + z * z / 4);
  return {.value = p,
          .low = p == 0 ? 0 : std::max(0.0, centre - half),
          .high = p == 1 ? 1 : std::min(1.0, centre + half)};
}

}  // namespace

Estimate wilson(double successes, std::uint64_t n, double level) {
  if (n == 0) return {};
  const auto count = static_cast<double>(n);
  assert(successes >= 0 && successes <= count);
  Estimate estimate = score_interval(successes / count, count, level);
  estimate.n = n;
  return estimate;
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

void ClusteredProportion::add(std::uint64_t succeeded, std::uint64_t trials) {
  assert(succeeded <= trials);
  successes.add(static_cast<double>(succeeded), static_cast<double>(trials));
  with_success += succeeded > 0 ? 1 : 0;
  with_failure += succeeded < trials ? 1 : 0;
}

void ClusteredProportion::merge(const ClusteredProportion& other) {
  successes.merge(other.successes);
  with_success += other.with_success;
  with_failure += other.with_failure;
}

// Between 1 and what it would be if all trials of a replication were the same.
double ClusteredProportion::design_effect(double share, double level) const {
  const PairMoments& sums = successes.moments;
  const double trials = sums.b.sum.value();
  const double all_alike = std::max(1.0, sums.b.squares.value() / trials);
  const std::uint64_t told =
      std::min({with_success, with_failure, sums.a.n - 1});
  if (told == 0) return all_alike;
  const double residual = sums.a.variance() - 2 * share * sums.covariance() +
                          share * share * sums.b.variance();
  const double seen =
      residual * static_cast<double>(sums.a.n) / (trials * share * (1 - share));
  const double few = student_critical(level, static_cast<double>(told)) /
                     normal_critical(level);
  return std::clamp(std::max(1.0, seen) * few * few, 1.0, all_alike);
}

Estimate ClusteredProportion::estimate(double level) const {
  const PairMoments& sums = successes.moments;
  const double trials = sums.b.sum.value();
  if (trials == 0) return {.n = sums.a.n};
  const double share = sums.a.sum.value() / trials;
  Estimate estimate =
      score_interval(share, trials / design_effect(share, level), level);
  estimate.n = sums.a.n;
  return estimate;
}

}  // namespace outagesim

// What a comparison says: means, paired differences and the chance to be best.
#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/experiment/compare.h"
#include "sim/experiment/paired_interval.h"
#include "sim/stats/best.h"

namespace outagesim {
namespace {

// Fewer do not bear the normal approximation behind the chance of being best.
constexpr std::uint64_t kFewestForChance = 30;

// Linearised: the change of the ratio value / count of candidate i by one
// observation is (value − ratio × count) / mean count. The covariance of two
// such changes, for one observation.
struct Ratios {
  const JointMoments& moments;
  std::size_t size;

  bool counts_once() const { return moments.dimension() == size; }
  double count(std::size_t i) const {
    return counts_once() ? 1 : moments.mean(size + i);
  }
  double ratio(std::size_t i) const { return moments.mean(i) / count(i); }
  double covariance(std::size_t i, std::size_t j) const {
    if (counts_once()) return moments.covariance(i, j);
    const double a = ratio(i), b = ratio(j);
    const double sum = moments.covariance(i, j) -
                       b * moments.covariance(i, size + j) -
                       a * moments.covariance(size + i, j) +
                       a * b * moments.covariance(size + i, size + j);
    return sum / (count(i) * count(j));
  }
};

std::vector<double> chances_of_best(const Ratios& ratios,
                                    const ComparedMetric& row) {
  const std::size_t size = ratios.size;
  const double sign = row.higher_is_better ? -1 : 1;
  if (ratios.moments.n() < kFewestForChance) {
    return std::vector<double>(size, kUndefined);
  }
  std::vector<double> means(size), covariance(size * size);
  for (std::size_t i = 0; i < size; ++i) {
    means[i] = sign * ratios.ratio(i);
    if (std::isnan(means[i])) return std::vector<double>(size, kUndefined);
    for (std::size_t j = 0; j < size; ++j) {
      covariance[i * size + j] =
          ratios.covariance(i, j) / double(ratios.moments.n());
    }
  }
  return probability_lowest(means, covariance);
}

double gain_of_pairing(double strategy, double baseline, double difference) {
  const double independent = strategy + baseline;
  if (difference <= 1e-12 * independent) {
    return independent > 0 ? kUnbounded : 1;
  }
  return independent / difference;
}

}  // namespace

// How much one replication that differs may change the mean, times n: the root
// mean square of what a replication in which anything happened has to tell,
// under the baseline or the candidate.
double Comparison::size_of_change(std::size_t metric,
                                  std::size_t candidate) const {
  const Ratios ratios{moments_[metric], candidates_.size()};
  const double quiet = quiet_value(*metrics_[metric].metric);
  const auto n = double(moments_[metric].n());
  double most = 0;
  for (const std::size_t i : {std::size_t{0}, candidate}) {
    const std::uint64_t touched = touched_[metric * ratios.size + i];
    if (touched == 0 || !(ratios.count(i) > 0)) continue;
    const double off = moments_[metric].mean(i) - quiet;
    const double squares =
        moments_[metric].covariance(i, i) * (n - 1) + n * off * off;
    most =
        std::max(most, std::sqrt(squares / double(touched)) / ratios.count(i));
  }
  return most;
}

double Comparison::mean(std::size_t metric, std::size_t candidate) const {
  return Ratios{moments_[metric], candidates_.size()}.ratio(candidate);
}

std::vector<StrategyEffect> Comparison::differences(std::size_t metric) const {
  const JointMoments& moments = moments_[metric];
  const Ratios ratios{moments, candidates_.size()};
  const std::size_t strategies = std::max<std::size_t>(1, ratios.size - 1);
  const double level = 1 - (1 - kConfidence) / double(strategies);
  const auto best = chances_of_best(ratios, metrics_[metric]);
  const double base = ratios.ratio(0), base_variance = ratios.covariance(0, 0);
  std::vector<StrategyEffect> all;
  for (std::size_t i = 0; i < ratios.size; ++i) {
    const double variance = ratios.covariance(i, i);
    const double paired =
        variance + base_variance - 2 * ratios.covariance(i, 0);
    StrategyEffect one;
    const Known known{moments.n(), told_[metric * ratios.size + i]};
    const Known both{known.n,
                     std::min(known.told, told_[metric * ratios.size])};
    one.mean = interval_of(ratios.ratio(i), variance, known, kConfidence);
    one.mean.censored = open_[metric * ratios.size + i];
    const double unseen =
        i > 0 ? variance_unseen(*metrics_[metric].metric, known.n) : 0;
    one.difference =
        interval_of(ratios.ratio(i) - base, paired + unseen, both, level);
    if (i > 0 && unseen == 0) {
      one.difference =
          with_unseen(one.difference, paired,
                      {known.n, differing_[metric * ratios.size + i],
                       size_of_change(metric, i)},
                      level);
    }
    one.relative = base == 0 ? kUndefined : one.difference.value / base;
    one.variance_ratio = gain_of_pairing(variance, base_variance, paired);
    one.p_best = best[i];
    all.push_back(one);
  }
  return all;
}

std::size_t Comparison::ranking_metric() const {
  const bool people = !candidates_.front().model->populations.empty();
  const Metric* wanted = find_metric(people ? "user_minutes_lost" : "downtime");
  for (std::size_t m = 0; m < metrics_.size(); ++m) {
    if (metrics_[m].metric == wanted &&
        metrics_[m].subject.scope == Scope::kSystem) {
      return m;
    }
  }
  return 0;
}

}  // namespace outagesim

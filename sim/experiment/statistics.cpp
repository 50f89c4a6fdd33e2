#include "sim/experiment/statistics.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/stats/ranks.h"

namespace outagesim {
namespace {

constexpr std::array<Statistic, 8> kDistribution{{{"mean"},
                                                  {"p5", 0.05},
                                                  {"p25", 0.25},
                                                  {"p50", 0.5},
                                                  {"p75", 0.75},
                                                  {"p90", 0.9},
                                                  {"p95", 0.95},
                                                  {"p99", 0.99}}};
constexpr std::array<Statistic, 1> kMean{{{"mean"}}};
constexpr std::array<Statistic, 1> kShare{{{"probability"}}};

Estimate of_time(const Survival& times, Statistic statistic) {
  if (statistic.p > 0) {
    const BinnedCounts& ended = times.event_counts;
    const BinnedCounts& open = times.censored_counts;
    return wide_as_its_bins(times.quantile(statistic.p),
                            std::min(ended.min, open.min), times.longest());
  }
  if (times.event_counts.n > 0) return times.restricted_mean();
  return {.n = times.n(), .censored = times.censored_counts.n};
}

Estimate mean_of(const Summary& summary, std::uint32_t slot) {
  const ControlledMean* controlled = summary.controlled(slot);
  const Amount& amount = summary.amount(slot);
  Estimate estimate =
      controlled != nullptr ? controlled->estimate() : amount.mean.estimate();
  estimate.censored = amount.censored;
  return estimate;
}

Estimate wide_as_its_bins(const Estimate& estimate, const Amount& amount) {
  const BinnedCounts& counts = amount.quantiles.counts;
  return wide_as_its_bins(estimate, counts.min, counts.max);
}

// Small whole numbers of things have each a bin of their own.
bool is_counted(const Estimate& estimate, std::string_view unit) {
  constexpr double kMostToldApart = 512;
  const auto whole = [](double x) { return x == std::floor(x); };
  return unit != "s" && whole(estimate.low) && whole(estimate.high) &&
         estimate.high <= kMostToldApart;
}

Estimate of_amount(const Amount& amount, Statistic statistic,
                   std::string_view unit) {
  Estimate estimate = amount.quantiles.quantile(statistic.p);
  if (!is_counted(estimate, unit)) {
    estimate = wide_as_its_bins(estimate, amount);
  }
  estimate.censored = amount.censored;
  return estimate;
}

Estimate of_near_one(const Amount& amount, Statistic statistic) {
  const Estimate lack =
      wide_as_its_bins(amount.quantiles.quantile(1 - statistic.p), amount);
  return {.value = 1 - lack.value,
          .low = 1 - lack.high,
          .high = 1 - lack.low,
          .n = lack.n,
          .censored = lack.censored};
}

Estimate of_ratio(const CensoredRatio& ratio) {
  Estimate estimate = ratio.ratio.estimate();
  estimate.censored = ratio.censored;
  return estimate;
}

Estimate of_length(const CensoredRatio& ratio) {
  Estimate estimate = ratio.ratio.log_estimate();
  estimate.censored = ratio.censored;
  return estimate;
}

// How many independent occasions a share is worth: as many as would give its
// interval; where that has no width, as many as surely do not depend on others.
double worth(const CensoredRatio& ratio, const Estimate& share) {
  const double half = share.high - share.value;
  if (half > 0) {
    const double z = normal_critical(kConfidence) / half;
    return share.value * (1 - share.value) * z * z;
  }
  const PairMoments& sums = ratio.ratio.moments;
  return std::min(static_cast<double>(sums.b.n), sums.b.sum.value());
}

// Wilson's interval on as many occasions as it is worth, as of an objective's
// windows in `slo`.
Estimate of_share(const CensoredRatio& ratio) {
  Estimate estimate = of_ratio(ratio);
  if (!estimate.defined()) return estimate;
  const auto n =
      static_cast<std::uint64_t>(std::max(1.0, worth(ratio, estimate)));
  const Estimate score = wilson(estimate.value * static_cast<double>(n), n);
  estimate.low = score.low;
  estimate.high = score.high;
  return estimate;
}

// A share, a count and a length have their ends whatever the sample says.
Estimate within_bounds(Estimate estimate, const Metric& metric) {
  if (estimate.low < metric.least) estimate.low = metric.least;
  if (estimate.value < metric.least) estimate.value = metric.least;
  if (metric.unit == "1" && estimate.high > 1) estimate.high = 1;
  if (metric.unit == "1" && estimate.value > 1) estimate.value = 1;
  return estimate;
}

Estimate read_unbounded(const Summary& summary, const Column& column,
                        std::uint32_t subject, Statistic statistic) {
  const std::uint32_t slot = column.first + subject;
  switch (column.metric->measure) {
    case Measure::kTime:
      return of_time(summary.time(slot), statistic);
    case Measure::kAmount:
      return statistic.p > 0 ? of_amount(summary.amount(slot), statistic,
                                         column.metric->unit)
                             : mean_of(summary, slot);
    case Measure::kNearOne:
      return statistic.p > 0 ? of_near_one(summary.amount(slot), statistic)
                             : mean_of(summary, slot);
    case Measure::kRatio:
      return of_length(summary.ratio(slot));
    case Measure::kConditional:
      return of_share(summary.ratio(slot));
    case Measure::kProbability:
      return summary.probability(slot).estimate();
    case Measure::kStructural:
      break;
  }
  return {};
}

Estimate read(const Summary& summary, const Column& column,
              std::uint32_t subject, Statistic statistic) {
  return within_bounds(read_unbounded(summary, column, subject, statistic),
                       *column.metric);
}

// A product given itself says nothing.
bool is_trivial(const Model& model, Subject subject) {
  if (subject.scope != Scope::kProductPair) return false;
  const std::size_t n = model.products.size();
  return subject.index / n == subject.index % n;
}

}  // namespace

std::span<const Statistic> statistics_of(Measure measure) {
  switch (measure) {
    case Measure::kTime:
    case Measure::kAmount:
    case Measure::kNearOne:
      return kDistribution;
    case Measure::kRatio:
    case Measure::kStructural:
      return kMean;
    case Measure::kProbability:
    case Measure::kConditional:
      return kShare;
  }
  return {};
}

namespace {

// The estimates of times. Subjects that have always had the same times share an
// estimator; its quantiles, each of which takes its whole curve, are asked
// once.
class TimesAsked {
 public:
  std::span<const Estimate> of(const Survival& times) {
    for (const Asked& one : asked_) {
      if (one.times == &times) return one.estimates;
    }
    Asked& one = asked_.emplace_back(Asked{&times, {}});
    for (const Statistic statistic : statistics_of(Measure::kTime)) {
      one.estimates.push_back(of_time(times, statistic));
    }
    return one.estimates;
  }

 private:
  struct Asked {
    const Survival* times = nullptr;
    std::vector<Estimate> estimates;  // by statistic
  };
  std::vector<Asked> asked_;
};

void add_rows(const Summary& summary, const Column& column, TimesAsked& asked,
              std::vector<SummaryRow>& rows) {
  const auto statistics = statistics_of(column.metric->measure);
  const bool times = column.metric->measure == Measure::kTime;
  for (std::uint32_t i = 0; i < column.subjects; ++i) {
    const Subject subject{column.scope, i};
    if (is_trivial(summary.model(), subject)) continue;
    std::span<const Estimate> of_times;
    if (times) of_times = asked.of(summary.time(column.first + i));
    for (std::size_t k = 0; k < statistics.size(); ++k) {
      const Estimate estimate = times
                                    ? within_bounds(of_times[k], *column.metric)
                                    : read(summary, column, i, statistics[k]);
      rows.push_back({subject, column.metric, statistics[k], estimate});
    }
  }
}

}  // namespace

std::vector<SummaryRow> summary_rows(const Summary& summary) {
  std::vector<SummaryRow> rows;
  TimesAsked asked;
  for (const Column& column : summary.columns()) {
    if (column.metric->measure == Measure::kStructural) continue;
    add_rows(summary, column, asked, rows);
  }
  return rows;
}

Estimate estimate_of(const Summary& summary, std::string_view metric,
                     Subject subject, std::string_view statistic) {
  for (const Column& column : summary.columns()) {
    if (column.metric->name != metric || column.scope != subject.scope) {
      continue;
    }
    const auto known = statistics_of(column.metric->measure);
    const auto found = std::ranges::find(known, statistic, &Statistic::name);
    if (found == known.end() || subject.index >= column.subjects) break;
    return read(summary, column, subject.index, *found);
  }
  return {};
}

}  // namespace outagesim

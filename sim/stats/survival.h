// Times of which some are censored, seen only to be longer than what was
// watched: the product-limit curve [Kaplan58] over binned counts. Without
// censoring every answer is that of `Quantiles` and `Mean`. At equal times (a
// bin, 0.4 % wide) events come before censorings. Times of one replication may
// depend on each other: intervals are those of independent replications, by
// the design effect (sim/stats/cluster_counts.h), means by the ratio's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/stats/binned_counts.h"
#include "sim/stats/cluster_counts.h"
#include "sim/stats/ranks.h"
#include "sim/stats/ratio.h"

namespace outagesim {

// Their sum, rounded once.
double exact_total(std::span<const WatchedTime> times);

// The curve just after `time`, an instant with events.
struct SurvivalStep {
  double time = 0;
  double survival = 1;   // P(T > time)
  double greenwood = 0;  // sum of d / (r (r - d)); infinite once survival is 0
  double low = 1;        // log-log band of the survival [Kalbfleisch02, 1.4]
  double high = 1;
};

struct Survival {
  Mean events;       // the uncensored times
  ExactSum squares;  // of the censored ones, as long as they were watched
  Ratio watched;     // of each replication, total and number of all times
  BinnedCounts event_counts;
  BinnedCounts censored_counts;
  ClusterCounts pairs;

  // The times of one replication, in any order; may sort them. About 10 ns
  // each.
  void add_cluster(std::span<WatchedTime> times);
  // A time that is a replication's only one.
  void add_event(double t);
  void add_censored(double t);
  void merge(const Survival& other);

  std::uint64_t n() const { return event_counts.n + censored_counts.n; }
  // The band is that of independent times.
  std::vector<SurvivalStep> curve(double level = kConfidence) const;

  // The least t with P(T <= t) >= p, with the interval of [Brookmeyer82] on the
  // log-log band. Undefined where the curve does not come down so far; its low
  // end is then at most the longest time watched.
  Estimate quantile(double p, double level = kConfidence) const;

  // The mean of min(T, horizon), by default up to the longest time seen; the
  // true mean is larger unless nothing was censored before the horizon.
  Estimate restricted_mean(std::optional<double> horizon = {},
                           double level = kConfidence) const;
  double longest() const;  // -infinite while empty

  // P(T < t) + P(T = t) / 2. Undefined beyond a censored longest time.
  Estimate probability_below(double t, double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(events, squares, watched, event_counts, censored_counts, pairs);
  }
  friend bool operator==(const Survival&, const Survival&) = default;

 private:
  void add_few(std::span<const WatchedTime> ascending);
  // False, and nothing added, where the times do not suit (survival_bulk.cpp).
  bool add_by_bins(std::span<const WatchedTime> times);
  Certainty certainty_at(double t, double level) const;
  std::vector<SurvivalStep> curve_of(Certainty certainty) const;
};

}  // namespace outagesim

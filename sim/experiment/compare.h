// Strategies compared draw by draw: every strategy runs on the baseline's
// random numbers, so what they share cancels in the difference. Every metric is
// a ratio of two sums over replications (an amount has 1 below the line), with
// the covariances of all strategies, by the delta method. Times cut off at the
// horizon count as they were seen: a difference is that within the horizon, and
// a mean says (Estimate::censored) in how many replications it was cut off.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/metrics.h"
#include "sim/experiment/series.h"
#include "sim/stats/estimate.h"
#include "sim/stats/joint_moments.h"

namespace outagesim {

// What is compared. Its price is an input: NaN where it is not known.
struct Candidate {
  std::string name;
  const Model* model = nullptr;  // must outlive the comparison
  Money once{0};
  Money per_year{0};
};

// One line of the comparison: a metric of one subject of the baseline.
struct ComparedMetric {
  const Metric* metric = nullptr;
  Subject subject;
  bool higher_is_better = false;
};

// More candidates than this at once take too much memory.
inline constexpr std::size_t kMostCandidates = 80;

struct CompareOptions {
  std::uint64_t replications = 10000;
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all cores
  std::optional<RunRange> part =
      std::nullopt;  // only these replications; in whole blocks
};

struct CompareWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
  // Sees each replication of all candidates, in any order, from several
  // threads. May be empty.
  std::function<void(const std::vector<const Replication*>&)> look;
  const SeriesKeeper* keeper = nullptr;  // of checkpoints; may be nobody
  const RankLink* ranks = nullptr;       // nothing: this process alone
};

// A strategy against the baseline in one metric.
struct StrategyEffect {
  Estimate mean;        // of the strategy itself
  Estimate difference;  // strategy − baseline, corrected for the number of
                        // strategies (Bonferroni)
  double relative = 0;  // difference / baseline; NaN where that is 0
  double variance_ratio = 1;  // independent over paired: the gain of pairing
  double p_best = 0;          // probability that it is the best of all; NaN
                              // with fewer than 30 replications
};

class Comparison {
 public:
  // The first candidate is the baseline.
  explicit Comparison(std::vector<Candidate> candidates);

  // One replication of every candidate, in their order.
  void add(const std::vector<const Replication*>& replications);
  void merge(const Comparison& other);

  const std::vector<Candidate>& candidates() const { return candidates_; }
  const std::vector<ComparedMetric>& metrics() const { return metrics_; }
  std::uint64_t replications() const { return replications_; }
  // The mean alone. O(1).
  double mean(std::size_t metric, std::size_t candidate) const;
  // By candidate, the baseline first (whose difference is exactly 0).
  std::vector<StrategyEffect> differences(std::size_t metric) const;
  // The metric that ranks strategies: user-minutes lost of the whole system,
  // downtime where there are no people.
  std::size_t ranking_metric() const;

  // Shows an archive the state, not the candidates.
  template <class Archive>
  void visit(Archive& archive) {
    archive(replications_, moments_, open_, told_, differing_, touched_);
  }

 private:
  void read(std::size_t metric, std::size_t candidate,
            const Replication& replication);
  void count_differing(std::size_t metric);
  double size_of_change(std::size_t metric, std::size_t candidate) const;

  std::vector<Candidate> candidates_;
  std::vector<ComparedMetric> metrics_;
  std::vector<std::vector<Subject>> subjects_;  // by candidate, by metric
  std::vector<JointMoments> moments_;  // by metric: values, then below if any
  std::vector<std::uint64_t> open_;    // by metric, then candidate
  std::vector<std::uint64_t> told_;    // the same: with a count below the line
  std::vector<std::uint64_t> differing_;  // the same: unlike the baseline
  std::vector<std::uint64_t> touched_;    // the same: with anything to tell
  std::uint64_t replications_ = 0;
  Samples samples_;
  std::vector<double> values_;
};

struct CompareResult {
  Comparison comparison;
  bool partial = false;  // stopped from outside
};

// The same bytes with any number of threads. Precondition: at least one
// candidate.
CompareResult run_comparison(const std::vector<Candidate>& candidates,
                             const CompareOptions& options,
                             const CompareWatch& watch = {});

}  // namespace outagesim

// What many replications say together: for each metric and subject a streaming
// estimator, bands of the served fraction over time, and where the recorded
// milestones fall. Never grows with n. merge() is associative and commutative
// to the last bit: it does not matter who ran which replication, nor when.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/experiment/metrics.h"
#include "sim/experiment/milestones.h"
#include "sim/experiment/timeline.h"
#include "sim/stats/moments.h"
#include "sim/stats/proportion.h"
#include "sim/stats/quantiles.h"
#include "sim/stats/ratio.h"
#include "sim/stats/survival.h"

namespace outagesim {

// An amount, once a replication.
struct Amount {
  Mean mean;
  Quantiles quantiles;

  void add(double x) {
    mean.add(x);
    quantiles.add(x);
  }
  // A share close to 1: its quantiles are those of what it lacks, or all would
  // fall into one bin.
  void add_near_one(double x) {
    mean.add(x);
    quantiles.add(1 - x);
  }
  void merge(const Amount& other) {
    mean.merge(other.mean);
    quantiles.merge(other.quantiles);
  }

  template <class Archive>
  void visit(Archive& archive) {
    archive(mean, quantiles);
  }
};

// A ratio, and how many of its numerators were cut at the horizon.
struct CensoredRatio {
  Ratio ratio;
  std::uint64_t censored = 0;

  void add(const Sample& sample) {
    ratio.add(sample.value, sample.of);
    censored += sample.censored ? 1 : 0;
  }
  void merge(const CensoredRatio& other) {
    ratio.merge(other.ratio);
    censored += other.censored;
  }

  template <class Archive>
  void visit(Archive& archive) {
    archive(ratio, censored);
  }
};

// The estimators of one metric for one scope: one a subject, from `first` in
// the array of its measure.
struct Column {
  const Metric* metric = nullptr;
  Scope scope = Scope::kSystem;
  std::uint32_t first = 0;
  std::uint32_t subjects = 0;
};

// In the metrics' order, a column for each scope.
std::vector<Column> columns_of(const Model& model);

class Summary {
 public:
  // Precondition: the model outlives the summary.
  explicit Summary(const Model& model);

  // Cost O(columns × subjects + outages + timeline).
  void add(const Replication& replication);
  // Precondition: of the same model.
  void merge(const Summary& other);

  const Model& model() const { return *model_; }
  std::uint64_t replications() const { return replications_; }
  const std::vector<Column>& columns() const { return columns_; }
  const Timeline& timeline() const { return timeline_; }
  const std::vector<MilestoneTimes>& milestones() const { return milestones_; }

  // The estimators; `slot` = Column::first + subject.
  const Survival& time(std::uint32_t slot) const { return times_[slot]; }
  const Amount& amount(std::uint32_t slot) const { return amounts_[slot]; }
  const CensoredRatio& ratio(std::uint32_t slot) const { return ratios_[slot]; }
  const Proportion& probability(std::uint32_t slot) const {
    return probabilities_[slot];
  }

  // Shows an archive the state, not the model.
  template <class Archive>
  void visit(Archive& archive) {
    archive(replications_, times_, amounts_, ratios_, probabilities_, timeline_,
            milestones_);
  }

 private:
  void add_times(std::uint32_t slot);
  void add_samples(const Column& column, std::uint32_t slot);

  const Model* model_;
  std::uint64_t replications_ = 0;
  std::vector<Column> columns_;
  std::vector<Survival> times_;
  std::vector<Amount> amounts_;
  std::vector<CensoredRatio> ratios_;  // of kRatio and kConditional
  std::vector<Proportion> probabilities_;
  Timeline timeline_;
  std::vector<MilestoneTimes> milestones_;  // as Model::observed
  Samples samples_;                         // of the metric at hand
  std::vector<WatchedTime> watched_;        // the same, as times
};

}  // namespace outagesim

// What many replications say together: for each metric and subject a streaming
// estimator, bands of the served fraction over time, and where the recorded
// milestones fall. Never grows with n. merge() is associative and commutative
// to the last bit: it does not matter who ran which replication, nor when.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/analysis/linear_controls.h"
#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/experiment/metrics.h"
#include "sim/experiment/milestones.h"
#include "sim/experiment/timeline.h"
#include "sim/stats/controlled_mean.h"
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
  std::uint64_t censored = 0;  // cut off at the horizon: more came later

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
    censored += other.censored;
  }

  template <class Archive>
  void visit(Archive& archive) {
    archive(mean, quantiles, censored);
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

// The estimators of times. Until a replication tells them apart, those that
// have always been given the same times stand for each other: of one product
// whose outages are total the times to mitigate and to recover, its own and
// the system's. That saved two thirds of the time of a year of ten services.
struct TwinTimes {
  std::vector<Survival> all;          // of those that lead
  std::vector<std::uint32_t> leader;  // by slot; of itself: its own number
  std::vector<Samples> read;          // by slot: of the replication at hand
  std::vector<std::uint32_t> source;  // by slot: the one that holds its samples
  struct Parted {
    std::uint32_t from = 0, slot = 0;
  };
  std::vector<WatchedTime> watched;  // scratch
  std::vector<Parted> parted;        // scratch: by the replication at hand

  void resize(std::size_t slots);
  // Adds what has been read.
  void add();
  // Every slot leads itself.
  void part();

 private:
  bool same(std::uint32_t slot, std::uint32_t other) const;
  void part_from_leader(std::uint32_t slot);
};

// The estimators of one metric for one scope: one a subject, from `first` in
// the array of its measure.
struct Column {
  const Metric* metric = nullptr;
  Scope scope = Scope::kSystem;
  std::uint32_t first = 0;
  std::uint32_t subjects = 0;
  // Of the only product, after the same of the system: read from the outages
  // alone. Where those are the same nothing is read again, which saved a
  // twentieth of the instructions of a year of ten services.
  bool repeats = false;
};

// In the metrics' order, a column for each scope.
std::vector<Column> columns_of(const Model& model);

class Summary {
 public:
  // With controls, the means of what products lose are made more certain by
  // them. Precondition: the model outlives the summary.
  explicit Summary(const Model& model,
                   std::shared_ptr<const LinearControls> controls = nullptr);

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
  const Survival& time(std::uint32_t slot) const {
    return times_.all[times_.leader[slot]];
  }
  const Amount& amount(std::uint32_t slot) const { return amounts_[slot]; }
  const CensoredRatio& ratio(std::uint32_t slot) const { return ratios_[slot]; }
  // Nothing for amounts that have no control.
  const ControlledMean* controlled(std::uint32_t slot) const;
  const Proportion& probability(std::uint32_t slot) const {
    return probabilities_[slot];
  }

  // Shows an archive the state, not the model.
  template <class Archive>
  void visit(Archive& archive) {
    times_.part();
    archive(replications_, times_.all, amounts_, ratios_, probabilities_,
            timeline_, milestones_);
    if (!controlled_.empty()) archive(controlled_);
  }

 private:
  void lay_out_controls();
  void read_column(const Column& column);
  void add_samples(const Column& column, std::uint32_t slot);

  const Model* model_;
  std::uint64_t replications_ = 0;
  std::vector<Column> columns_;
  TwinTimes times_;
  std::vector<Amount> amounts_;
  std::vector<CensoredRatio> ratios_;  // of kRatio and kConditional
  std::vector<Proportion> probabilities_;
  std::shared_ptr<const LinearControls> controls_;
  std::vector<const LinearControl*> control_of_;  // by amount; null: none
  std::vector<ControlledMean> controlled_;        // by amount; or empty
  Timeline timeline_;
  std::vector<MilestoneTimes> milestones_;  // as Model::observed
  Samples samples_;                         // of the metric at hand
  ReplicationReading reading_;              // of the replication at hand
};

}  // namespace outagesim

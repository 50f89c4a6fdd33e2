#include "sim/experiment/summary.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "sim/experiment/metric_readers.h"

namespace outagesim {
namespace {

// How many estimators of each kind have been laid out.
struct Laid {
  std::uint32_t times = 0, amounts = 0, ratios = 0, probabilities = 0, none = 0;

  std::uint32_t& of(Measure measure) {
    switch (measure) {
      case Measure::kTime:
        return times;
      case Measure::kAmount:
      case Measure::kNearOne:
        return amounts;
      case Measure::kRatio:
      case Measure::kConditional:
        return ratios;
      case Measure::kProbability:
        return probabilities;
      case Measure::kStructural:
        break;
    }
    return none;
  }
};

template <class Estimator>
void merge_all(std::vector<Estimator>& into, const std::vector<Estimator>& of) {
  assert(into.size() == of.size() && "summaries of one model merge");
  for (std::size_t i = 0; i < of.size(); ++i) into[i].merge(of[i]);
}

bool repeats(const Column& column, const Column& before) {
  return column.metric == before.metric && before.scope == Scope::kSystem &&
         column.scope == Scope::kProduct && column.subjects == 1 &&
         readers::reads_outages_alone(column.metric->read);
}

std::vector<Column> lay_out(const Model& model, Laid& laid) {
  std::vector<Column> columns;
  for (const Metric& metric : metrics()) {
    if (!applies(metric, model)) continue;
    for (const Scope scope : metric.scopes) {
      std::uint32_t& next = laid.of(metric.measure);
      const std::uint32_t n = subject_count(model, scope);
      Column column{&metric, scope, next, n};
      column.repeats = !columns.empty() && repeats(column, columns.back());
      columns.push_back(column);
      next += n;
    }
  }
  return columns;
}

}  // namespace

std::vector<Column> columns_of(const Model& model) {
  Laid laid;
  return lay_out(model, laid);
}

void TwinTimes::resize(std::size_t slots) {
  all.resize(slots);
  leader.assign(slots, 0);
  read.resize(slots);
  source.assign(slots, 0);
}

bool TwinTimes::same(std::uint32_t slot, std::uint32_t other) const {
  if (source[slot] == source[other]) return true;
  return std::ranges::equal(read[source[slot]], read[source[other]],
                            [](const Sample& x, const Sample& y) {
                              return x.value == y.value &&
                                     x.censored == y.censored;
                            });
}

// Follows one that has just parted from the same leader with the same times,
// or leads itself from now on.
void TwinTimes::part_from_leader(std::uint32_t slot) {
  for (const Parted& other : parted) {
    if (other.from != leader[slot] || !same(other.slot, slot)) continue;
    leader[slot] = other.slot;
    return;
  }
  parted.push_back({leader[slot], slot});
  all[slot] = all[leader[slot]];
  leader[slot] = slot;
}

// The times of a replication go together: they depend on each other.
void TwinTimes::add() {
  parted.clear();
  for (std::uint32_t slot = 0; slot < all.size(); ++slot) {
    if (!same(slot, leader[slot])) part_from_leader(slot);
  }
  for (std::uint32_t slot = 0; slot < all.size(); ++slot) {
    if (leader[slot] != slot) continue;
    watched.clear();
    for (const Sample& sample : read[source[slot]]) {
      watched.push_back({sample.value, sample.censored});
    }
    all[slot].add_cluster(watched);
  }
}

void TwinTimes::part() {
  for (std::uint32_t slot = 0; slot < all.size(); ++slot) {
    if (leader[slot] != slot) all[slot] = all[leader[slot]];
    leader[slot] = slot;
  }
}

Summary::Summary(const Model& model,
                 std::shared_ptr<const LinearControls> controls)
    : model_(&model),
      controls_(std::move(controls)),
      timeline_(model),
      milestones_(model.observed.size()) {
  Laid laid;
  columns_ = lay_out(model, laid);
  times_.resize(laid.times);
  amounts_.resize(laid.amounts);
  ratios_.resize(laid.ratios);
  probabilities_.resize(laid.probabilities);
  if (controls_) lay_out_controls();
}

namespace {

// The control that goes with what the subject loses; null: none.
const LinearControl* control_for(const LinearControls& controls,
                                 const Metric& metric, Subject subject) {
  constexpr std::array<std::string_view, 4> kLosses{
      "availability_time", "availability_requests", "failed_requests",
      "user_minutes_lost"};
  const bool loss = std::ranges::find(kLosses, metric.name) != kLosses.end();
  if (!loss && metric.name != "downtime") return nullptr;
  if (subject.scope == Scope::kSystem) return &controls.any_out;
  if (subject.scope != Scope::kProduct) return nullptr;
  return &(loss ? controls.lost : controls.out)[subject.index];
}

}  // namespace

void Summary::lay_out_controls() {
  control_of_.resize(amounts_.size());
  controlled_.resize(amounts_.size());
  for (const Column& column : columns_) {
    const Measure measure = column.metric->measure;
    if (measure != Measure::kAmount && measure != Measure::kNearOne) continue;
    for (std::uint32_t i = 0; i < column.subjects; ++i) {
      control_of_[column.first + i] =
          control_for(*controls_, *column.metric, {column.scope, i});
    }
  }
}

const ControlledMean* Summary::controlled(std::uint32_t slot) const {
  const bool has = slot < control_of_.size() && control_of_[slot] != nullptr;
  return has ? &controlled_[slot] : nullptr;
}

void Summary::add(const Replication& replication) {
  ++replications_;
  reading_.begin(replication);
  for (const Column& column : columns_) {
    if (column.metric->read != nullptr) read_column(column);
  }
  times_.add();
  timeline_.add(replication);
  for (std::size_t i = 0; i < milestones_.size(); ++i) {
    milestones_[i].add(model_->observed[i], replication);
  }
}

void Summary::read_column(const Column& column) {
  const bool times = column.metric->measure == Measure::kTime;
  const bool again = column.repeats && reading_.is_of_one();
  for (std::uint32_t i = 0; i < column.subjects; ++i) {
    const std::uint32_t slot = column.first + i;
    Samples& samples = times ? times_.read[slot] : samples_;
    if (times) times_.source[slot] = again ? slot - 1 : slot;
    if (!again) {
      samples.clear();
      column.metric->read(*model_, reading_, {column.scope, i}, samples);
    }
    if (!times) add_samples(column, slot);
  }
}

void Summary::add_samples(const Column& column, std::uint32_t slot) {
  const Measure measure = column.metric->measure;
  const bool amount =
      measure == Measure::kAmount || measure == Measure::kNearOne;
  if (amount && controlled(slot) != nullptr && !samples_.empty()) {
    controlled_[slot].add(reading_->index, samples_.front().value,
                          centred(*control_of_[slot], reading_->failed_time));
  }
  for (const Sample& sample : samples_) {
    switch (column.metric->measure) {
      case Measure::kAmount:
        amounts_[slot].add(sample.value);
        amounts_[slot].censored += sample.censored ? 1 : 0;
        break;
      case Measure::kNearOne:
        amounts_[slot].add_near_one(sample.value);
        break;
      case Measure::kRatio:
      case Measure::kConditional:
        ratios_[slot].add(sample);
        break;
      case Measure::kProbability:
        sample.censored ? probabilities_[slot].add_unknown()
                        : probabilities_[slot].add(sample.value != 0);
        break;
      case Measure::kTime:
      case Measure::kStructural:
        break;
    }
  }
}

void Summary::merge(const Summary& other) {
  replications_ += other.replications_;
  times_.part();
  for (std::uint32_t slot = 0; slot < times_.all.size(); ++slot) {
    times_.all[slot].merge(other.time(slot));
  }
  merge_all(amounts_, other.amounts_);
  merge_all(controlled_, other.controlled_);
  merge_all(ratios_, other.ratios_);
  merge_all(probabilities_, other.probabilities_);
  merge_all(milestones_, other.milestones_);
  timeline_.merge(other.timeline_);
}

}  // namespace outagesim

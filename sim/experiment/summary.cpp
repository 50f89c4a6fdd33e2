#include "sim/experiment/summary.h"

#include <cassert>

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

std::vector<Column> lay_out(const Model& model, Laid& laid) {
  std::vector<Column> columns;
  for (const Metric& metric : metrics()) {
    if (!applies(metric, model)) continue;
    for (const Scope scope : metric.scopes) {
      std::uint32_t& next = laid.of(metric.measure);
      const std::uint32_t n = subject_count(model, scope);
      columns.push_back({&metric, scope, next, n});
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

Summary::Summary(const Model& model)
    : model_(&model), timeline_(model), milestones_(model.observed.size()) {
  Laid laid;
  columns_ = lay_out(model, laid);
  times_.resize(laid.times);
  amounts_.resize(laid.amounts);
  ratios_.resize(laid.ratios);
  probabilities_.resize(laid.probabilities);
}

void Summary::add(const Replication& replication) {
  ++replications_;
  for (const Column& column : columns_) {
    if (column.metric->read == nullptr) continue;
    for (std::uint32_t i = 0; i < column.subjects; ++i) {
      samples_.clear();
      column.metric->read(*model_, replication, {column.scope, i}, samples_);
      add_samples(column, column.first + i);
    }
  }
  timeline_.add(replication);
  for (std::size_t i = 0; i < milestones_.size(); ++i) {
    milestones_[i].add(model_->observed[i], replication);
  }
}

// The times of a replication go together: they depend on each other.
void Summary::add_times(std::uint32_t slot) {
  watched_.clear();
  for (const Sample& sample : samples_) {
    watched_.push_back({sample.value, sample.censored});
  }
  times_[slot].add_cluster(watched_);
}

void Summary::add_samples(const Column& column, std::uint32_t slot) {
  if (column.metric->measure == Measure::kTime) return add_times(slot);
  for (const Sample& sample : samples_) {
    switch (column.metric->measure) {
      case Measure::kAmount:
        amounts_[slot].add(sample.value);
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
  merge_all(times_, other.times_);
  merge_all(amounts_, other.amounts_);
  merge_all(ratios_, other.ratios_);
  merge_all(probabilities_, other.probabilities_);
  merge_all(milestones_, other.milestones_);
  timeline_.merge(other.timeline_);
}

}  // namespace outagesim

#include "sim/experiment/compare.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <utility>

#include "sim/core/byte_archive.h"
#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"
#include "sim/experiment/paired_interval.h"

namespace outagesim {
namespace {

struct Row {
  const char* metric;
  bool higher_is_better;
};
constexpr std::array kRows{
    Row{"user_minutes_lost", false},
    Row{"downtime", false},
    Row{"mttr", false},
    Row{"ttr", false},
    Row{"ttm", false},
    Row{"time_to_full_recovery", false},
    Row{"availability_time", true},
    Row{"availability_requests", true},
    Row{"failed_requests", false},
    Row{"degraded_requests", false},
    Row{"users_affected", false},
    Row{"reports_peak", false},
    Row{"outages", false},
    Row{"objectives_met", true},
    Row{"cost_total", false},
};

void add_rows(const Model& model, const Row& row, Scope scope,
              std::vector<ComparedMetric>& rows) {
  const Metric* metric = find_metric(row.metric);
  assert(metric != nullptr && "a compared metric is in the table");
  const bool has_scope =
      std::ranges::find(metric->scopes, scope) != metric->scopes.end();
  if (!has_scope || !applies(*metric, model)) return;
  for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
    rows.push_back({metric, {scope, i}, row.higher_is_better});
  }
}

std::vector<ComparedMetric> rows_of(const Model& model) {
  std::vector<ComparedMetric> rows;
  for (const Row& row : kRows) {
    add_rows(model, row, Scope::kSystem, rows);
    add_rows(model, row, Scope::kProduct, rows);
  }
  return rows;
}

// The same product in another candidate's model: by name.
Subject subject_in(const Model& model, const Model& baseline,
                   const Subject& subject) {
  if (subject.scope != Scope::kProduct) return subject;
  const std::string name = subject_name(baseline, subject);
  for (std::uint32_t i = 0; i < model.products.size(); ++i) {
    if (subject_name(model, {Scope::kProduct, i}) == name) {
      return {Scope::kProduct, i};
    }
  }
  return {Scope::kProduct, kNone};  // removed: nobody is hurt by it any more
}

// An amount counts once a replication, so it needs no sum below the line.
bool counts_once(const Metric& metric) {
  return metric.measure == Measure::kAmount ||
         metric.measure == Measure::kNearOne ||
         metric.measure == Measure::kProbability;
}

// Whether what is told of the subject was cut off at the horizon.
bool is_open(const Replication& replication, const Subject& subject) {
  return std::ranges::any_of(
      replication.outages, [&](const OutageRecord& outage) {
        return outage.censored && (subject.scope != Scope::kProduct ||
                                   subject.index == outage.product);
      });
}

// A metric of one replication as value over count: times count once an outage.
std::pair<double, double> value_and_count(const Metric& metric,
                                          const Samples& samples) {
  double value = 0, count = 0;
  for (const Sample& sample : samples) {
    value += sample.value;
    count += metric.measure == Measure::kTime ? 1 : sample.of;
  }
  return {value, count};
}

struct Lane {
  explicit Lane(const std::vector<Candidate>& candidates)
      : comparison(candidates) {
    for (const Candidate& candidate : candidates) {
      engines.push_back(std::make_unique<Engine>(*candidate.model));
    }
  }
  void heed(const std::stop_token& stop) {
    for (auto& engine : engines) engine->heed(stop);
  }
  // Whether the replication was finished, not abandoned.
  bool run(std::uint64_t seed, std::uint64_t index) {
    results.clear();
    for (auto& engine : engines) {
      results.push_back(&engine->run(seed, index));
      if (results.back()->abandoned) return false;
      refuse_endless(*results.back());
    }
    comparison.add(results);
    return true;
  }

  Comparison comparison;
  std::vector<std::unique_ptr<Engine>> engines;
  std::vector<const Replication*> results;
};

// The comparison as its threads see it.
struct Contest {
  const std::vector<Candidate>& candidates;
  Comparison total;
  std::vector<std::unique_ptr<Lane>> lanes;

  template <class Look>
  std::uint64_t simulate(unsigned thread, const Block& block,
                         std::uint64_t seed, const Look& look) {
    if (!lanes[thread]) lanes[thread] = std::make_unique<Lane>(candidates);
    lanes[thread]->heed(block.stop);
    for (std::uint64_t i = block.first; i < block.last; ++i) {
      if (!lanes[thread]->run(seed, i)) return i;
      if (look) look(lanes[thread]->results);
    }
    return block.last;
  }
  void gather() {
    for (const auto& lane : lanes) {
      if (lane) total.merge(lane->comparison);
      if (lane) lane->comparison = Comparison(candidates);
    }
  }
  bool add(std::string_view bytes) {
    Comparison more(candidates);
    if (!read_bytes(bytes, more)) return false;
    total.merge(more);
    return true;
  }
};

}  // namespace

Comparison::Comparison(std::vector<Candidate> candidates)
    : candidates_(std::move(candidates)),
      metrics_(rows_of(*candidates_.front().model)) {
  const Model& baseline = *candidates_.front().model;
  for (const Candidate& candidate : candidates_) {
    auto& subjects = subjects_.emplace_back();
    for (const ComparedMetric& row : metrics_) {
      subjects.push_back(subject_in(*candidate.model, baseline, row.subject));
    }
  }
  for (const ComparedMetric& row : metrics_) {
    const std::size_t sums = counts_once(*row.metric) ? 1 : 2;
    moments_.emplace_back(sums * candidates_.size());
  }
  open_.assign(metrics_.size() * candidates_.size(), 0);
  told_ = differing_ = touched_ = open_;
}

void Comparison::add(const std::vector<const Replication*>& replications) {
  ++replications_;
  for (std::size_t m = 0; m < metrics_.size(); ++m) {
    values_.resize(moments_[m].dimension());
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      read(m, i, *replications[i]);
    }
    moments_[m].add(values_);
    count_differing(m);
  }
}

// Of the replication just read: which candidates differ from the baseline, and
// in which anything happened.
void Comparison::count_differing(std::size_t metric) {
  const std::size_t size = candidates_.size();
  const bool once = values_.size() == size;
  const double quiet = quiet_value(*metrics_[metric].metric);
  for (std::size_t i = 0; i < size; ++i) {
    const bool same = values_[i] == values_[0] &&
                      (once || values_[size + i] == values_[size]);
    differing_[metric * size + i] += same ? 0 : 1;
    touched_[metric * size + i] += values_[i] == quiet ? 0 : 1;
  }
}

void Comparison::read(std::size_t metric, std::size_t candidate,
                      const Replication& replication) {
  const Metric& row = *metrics_[metric].metric;
  const Subject subject = subjects_[candidate][metric];
  samples_.clear();
  if (subject.index != kNone) {
    row.read(*candidates_[candidate].model, replication, subject, samples_);
  }
  const auto [value, count] = value_and_count(row, samples_);
  values_[candidate] = value;
  if (!counts_once(row)) values_[candidates_.size() + candidate] = count;
  const std::size_t at = metric * candidates_.size() + candidate;
  if (counts_once(row) || count > 0) ++told_[at];
  if (subject.index != kNone && is_open(replication, subject)) ++open_[at];
}

void Comparison::merge(const Comparison& other) {
  replications_ += other.replications_;
  for (std::size_t m = 0; m < moments_.size(); ++m) {
    moments_[m].merge(other.moments_[m]);
  }
  for (std::size_t i = 0; i < open_.size(); ++i) {
    open_[i] += other.open_[i];
    told_[i] += other.told_[i];
    differing_[i] += other.differing_[i];
    touched_[i] += other.touched_[i];
  }
}

CompareResult run_comparison(const std::vector<Candidate>& candidates,
                             const CompareOptions& options,
                             const CompareWatch& watch) {
  const unsigned threads = thread_count(options.threads, options.replications);
  Contest contest{candidates, Comparison(candidates), {}};
  contest.lanes.resize(threads);
  SeriesTally tally;
  tally.simulate = [&](unsigned thread, const Block& block, auto&) {
    return contest.simulate(thread, block, options.seed, watch.look);
  };
  tally.gather = [&] { contest.gather(); };
  tally.save = [&] { return bytes_of(contest.total); };
  tally.add = [&](std::string_view bytes) { return contest.add(bytes); };
  tally.clear = [&] { contest.total = Comparison(candidates); };
  const RunRange all = options.part.value_or(RunRange{0, options.replications});
  const SeriesEnd end =
      run_series(tally, {all, threads},
                 {watch.stop, watch.progress, {}, watch.keeper, watch.ranks});
  return {std::move(contest.total), end.partial};
}

}  // namespace outagesim

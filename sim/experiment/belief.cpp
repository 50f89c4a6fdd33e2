#include "sim/experiment/belief.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <mutex>

#include "models/base/error.h"
#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kLeastDraws = 8;

bool is_one_number(const Metric& metric) {
  return metric.read != nullptr && (metric.measure == Measure::kAmount ||
                                    metric.measure == Measure::kNearOne ||
                                    metric.measure == Measure::kProbability);
}

bool is_told_of(const Metric& metric, Scope scope, const Model& model) {
  const bool has_scope =
      std::ranges::find(metric.scopes, scope) != metric.scopes.end();
  return has_scope && is_one_number(metric) && applies(metric, model);
}

void add_outcomes(const Model& model, Scope scope, std::vector<Outcome>& all) {
  for (const Metric& metric : metrics()) {
    if (!is_told_of(metric, scope, model)) continue;
    for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
      all.push_back({&metric, scope, subject_name(model, {scope, i})});
    }
  }
}

std::vector<Outcome> outcomes_of(const Model& model) {
  std::vector<Outcome> all;
  add_outcomes(model, Scope::kSystem, all);
  add_outcomes(model, Scope::kProduct, all);
  return all;
}

// Values of every outcome, replication by replication, of one model.
using Table = std::vector<std::vector<double>>;  // by outcome

struct Replications {
  std::uint64_t seed = 1, first = 0, last = 0;
};

// False if a stop was requested.
bool fill(const Model& model, const std::vector<Outcome>& outcomes,
          const Replications& which, const std::stop_token& stop,
          Table& values) {
  Engine engine(model);
  engine.heed(stop);
  std::vector<OutcomeReader> readers;
  readers.reserve(outcomes.size());
  for (const Outcome& outcome : outcomes) readers.emplace_back(model, outcome);
  values.assign(outcomes.size(), {});
  for (std::uint64_t i = which.first; i < which.last; ++i) {
    const Replication& replication = engine.run(which.seed, i);
    if (replication.abandoned) return false;
    refuse_endless(replication);
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      values[o].push_back(readers[o].read(replication));
    }
  }
  return true;
}

class TwoPhases {
 public:
  TwoPhases(const BelievedModel& model, const BeliefOptions& options,
            const BeliefWatch& watch, std::vector<Outcome> outcomes)
      : model_(model),
        options_(options),
        watch_(watch),
        outcomes_(std::move(outcomes)) {}

  // By draw; the table of an impossible draw is empty.
  std::vector<Table> draws() {
    std::vector<Table> tables(options_.draws);
    in_parallel([&](std::uint64_t draw) {
      const auto model = model_.at(quantiles(draw));
      if (model) simulate(*model, draw, tables[draw]);
    });
    return tables;
  }

  // As many replications of one model, in pieces.
  std::vector<Table> as_written(const Model& model) {
    std::vector<Table> tables(options_.draws);
    in_parallel(
        [&](std::uint64_t piece) { simulate(model, piece, tables[piece]); });
    return tables;
  }

  const std::vector<Outcome>& outcomes() const { return outcomes_; }

 private:
  template <class Work>
  void in_parallel(Work work) {
    const unsigned threads = thread_count(options_.threads, options_.draws);
    run_blocks({0, options_.draws, threads, watch_.stop},
               [&](unsigned, const Block& block) {
                 for (std::uint64_t i = block.first; i < block.last; ++i) {
                   work(i);
                   tell_progress();
                 }
               });
  }

  void simulate(const Model& model, std::uint64_t piece, Table& into) {
    const std::uint64_t first = piece * options_.each;
    fill(model, outcomes_, {options_.seed, first, first + options_.each},
         watch_.stop, into);
  }

  std::vector<Probability> quantiles(std::uint64_t draw) const {
    std::vector<Probability> us;
    us.reserve(model_.inputs.size());
    for (const std::string& name : model_.inputs) {
      const Stream stream(
          {options_.seed, draw, name_hash("belief " + name), 0});
      us.push_back({stream.at(0)});
    }
    return us;
  }

  void tell_progress() {
    const std::scoped_lock lock(mutex_);
    finished_ += options_.each;
    const std::uint64_t of = 2 * options_.draws * options_.each;
    if (watch_.progress) watch_.progress(finished_, of);
  }

  const BelievedModel& model_;
  const BeliefOptions& options_;
  const BeliefWatch& watch_;
  std::vector<Outcome> outcomes_;
  std::mutex mutex_;
  std::uint64_t finished_ = 0;
};

Spread spread_of(std::vector<double> values) {
  std::ranges::sort(values);
  return {quantile_of(values, 0.05), quantile_of(values, 0.5),
          quantile_of(values, 0.95)};
}

std::vector<double> pooled(const std::vector<Table>& tables,
                           std::size_t outcome) {
  std::vector<double> all;
  for (const Table& table : tables) {
    all.insert(all.end(), table[outcome].begin(), table[outcome].end());
  }
  return all;
}

std::vector<GroupMoments> groups_of(const std::vector<Table>& tables,
                                    std::size_t outcome) {
  std::vector<GroupMoments> groups;
  groups.reserve(tables.size());
  for (const Table& table : tables) {
    Mean mean;
    for (const double value : table[outcome]) mean.add(value);
    groups.push_back({mean.mean(), mean.variance()});
  }
  return groups;
}

bool all_alike(const std::vector<double>& values) {
  return std::ranges::adjacent_find(values, std::ranges::not_equal_to{}) ==
         values.end();
}

}  // namespace

BeliefResult run_belief(const Model& as_written, const BelievedModel& model,
                        const BeliefOptions& options,
                        const BeliefWatch& watch) {
  assert(options.draws >= kLeastDraws && options.each >= 2);
  TwoPhases phases(model, options, watch, outcomes_of(as_written));
  std::vector<Table> tables = phases.draws();
  const std::vector<Table> written = phases.as_written(as_written);
  BeliefResult result;
  result.partial = watch.stop.stop_requested();
  if (result.partial) return result;
  result.impossible =
      std::erase_if(tables, [](const Table& table) { return table.empty(); });
  result.runs = (tables.size() + written.size()) * options.each;
  if (tables.size() < kLeastDraws) {
    throw UsageError(
        "at nearly all that is believed the scenario would be "
        "wrong: see the beliefs that reach too far");
  }
  for (std::size_t o = 0; o < phases.outcomes().size(); ++o) {
    const std::vector<double> both = pooled(tables, o);
    if (all_alike(both)) continue;
    const auto groups = groups_of(tables, o);
    BelievedOutcome one;
    one.outcome = phases.outcomes()[o];
    one.parts = variance_parts(groups, options.each);
    one.chance = spread_of(pooled(written, o));
    one.ignorance = spread_of(believed_means(groups, one.parts, options.each));
    one.both = spread_of(both);
    result.outcomes.push_back(std::move(one));
  }
  return result;
}

}  // namespace outagesim

#include "sim/experiment/budget.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <mutex>
#include <optional>

#include "sim/core/random.h"
#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

const Metric& metric_of(const Model& baseline) {
  const Metric* metric = find_metric(
      baseline.populations.empty() ? "downtime" : "user_minutes_lost");
  assert(metric != nullptr && "the ranking metric is in the table");
  return *metric;
}

// One thread's engines, made when they are needed.
struct EngineShelf {
  std::vector<std::unique_ptr<Engine>> engines;
  Samples samples;

  // Nothing if it was abandoned.
  std::optional<double> run(const Candidate& candidate, std::size_t i,
                            const Metric& metric, const StreamKey& key) {
    const Replication& replication = engines[i]->run(key.seed, key.replication);
    if (replication.abandoned) return std::nullopt;
    refuse_endless(replication);
    samples.clear();
    metric.read(*candidate.model, replication, {Scope::kSystem, 0}, samples);
    double sum = 0;
    for (const Sample& sample : samples) sum += sample.value;
    return sum;
  }
};

// Orders cut into blocks, which threads take in turn: each outcome has its
// place, so it does not matter who fills it.
class OrderRunner {
 public:
  OrderRunner(const std::vector<Candidate>& candidates, const Metric& metric,
              const BudgetOptions& options, const CompareWatch& watch)
      : candidates_(candidates),
        metric_(metric),
        options_(options),
        watch_(watch) {}

  bool operator()(const std::vector<ReplicationOrder>& orders,
                  Outcomes& outcomes) {
    const std::vector<ReplicationOrder> pieces = cut(orders);
    Outcomes grown = outcomes;
    for (const ReplicationOrder& order : orders) {
      grown[order.contender].resize(order.last);
    }
    const std::uint64_t end = pieces.size() * kBlockSize;
    const unsigned threads = thread_count(options_.threads, end);
    shelves_.resize(std::max<std::size_t>(shelves_.size(), threads));
    const auto work = [&](unsigned thread, const Block& block) {
      fill(shelves_[thread], pieces[block.number], block.stop, grown);
    };
    run_blocks({0, end, threads, watch_.stop}, work);
    if (watch_.stop.stop_requested()) return false;
    outcomes = std::move(grown);
    return true;
  }

 private:
  static std::vector<ReplicationOrder> cut(
      const std::vector<ReplicationOrder>& orders) {
    std::vector<ReplicationOrder> pieces;
    for (const ReplicationOrder& order : orders) {
      for (std::uint64_t i = order.first; i < order.last; i += kBlockSize) {
        pieces.push_back(
            {order.contender, i, std::min(i + kBlockSize, order.last)});
      }
    }
    return pieces;
  }

  void fill(EngineShelf& shelf, const ReplicationOrder& piece,
            const std::stop_token& stop, Outcomes& outcomes) {
    const std::size_t c = piece.contender;
    shelf.engines.resize(candidates_.size());
    auto& engine = shelf.engines[c];
    if (!engine) engine = std::make_unique<Engine>(*candidates_[c].model);
    engine->heed(stop);
    for (std::uint64_t i = piece.first; i < piece.last; ++i) {
      const auto outcome = shelf.run(candidates_[c], c, metric_,
                                     {.seed = options_.seed, .replication = i});
      if (!outcome) return;
      outcomes[c][i] = *outcome;
    }
    if (!watch_.progress) return;
    const std::scoped_lock lock(mutex_);
    finished_ += piece.last - piece.first;
    watch_.progress(finished_, options_.budget);
  }

  const std::vector<Candidate>& candidates_;
  const Metric& metric_;
  const BudgetOptions& options_;
  const CompareWatch& watch_;
  std::vector<EngineShelf> shelves_;
  std::mutex mutex_;
  std::uint64_t finished_ = 0;
};

Estimate mean_of(const std::vector<double>& values) {
  Mean mean;
  for (const double value : values) mean.add(value);
  return mean.estimate();
}

Estimate mean_gap(const std::vector<double>& a, const std::vector<double>& b) {
  Mean mean;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    mean.add(a[i] - b[i]);
  }
  return mean.estimate();
}

}  // namespace

std::uint64_t least_budget(std::size_t candidates) {
  return candidates * kBlockSize;
}

std::vector<BudgetEffect> BudgetResult::effects() const {
  std::vector<BudgetEffect> effects;
  for (const auto& one : outcomes) {
    effects.push_back({mean_of(one), mean_gap(one, outcomes.front()),
                       mean_gap(one, outcomes[allocation.best])});
  }
  return effects;
}

BudgetResult run_budget(const std::vector<Candidate>& candidates,
                        const BudgetOptions& options,
                        const CompareWatch& watch) {
  assert(candidates.size() >= 2);
  assert(options.budget >= least_budget(candidates.size()));
  BudgetResult result;
  result.candidates = candidates;
  result.metric = &metric_of(*candidates.front().model);
  OrderRunner runner(candidates, *result.metric, options, watch);
  result.allocation = allocate(
      candidates.size(),
      {.budget = options.budget, .sure = options.sure, .step = kBlockSize},
      [&](const std::vector<ReplicationOrder>& orders, Outcomes& outcomes) {
        return runner(orders, outcomes);
      },
      result.outcomes);
  return result;
}

}  // namespace outagesim

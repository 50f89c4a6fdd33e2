#include "sim/experiment/slo.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"

namespace outagesim {
namespace {

// Replications with downtime; with fewer the spread of a share is not known.
constexpr std::uint64_t kFewWithDowntime = 20;

struct SloLane {
  explicit SloLane(const Model& model) : tally(model), engine(model) {}
  SloTally tally;
  Engine engine;
};

void take_for_met(JudgedObjectives& judged) {
  for (auto& windows : judged) {
    for (JudgedWindow& window : windows) {
      window.met = window.met || window.undecided;
    }
  }
}

// Of shares, one a replication; Wilson's where all are the same, for it may be
// otherwise for once.
Estimate share_estimate(const Mean& shares) {
  Estimate estimate = shares.estimate();
  if (shares.n == 0) return estimate;
  estimate.value = std::clamp(estimate.value, 0.0, 1.0);
  if (estimate.value <= 0 || estimate.value >= 1) {
    return wilson(estimate.value * static_cast<double>(shares.n), shares.n);
  }
  estimate.low = std::fmax(estimate.low, 0);
  estimate.high = std::fmin(estimate.high, 1);
  return estimate;
}

// A budget is never used by less than nothing.
Estimate at_least_nothing(Estimate used) {
  if (used.low < 0) used.low = 0;
  return used;
}

bool passes(const Estimate& met, Probability required, GateRule rule) {
  switch (rule) {
    case GateRule::kEstimate:
      return met.value >= required.value;
    case GateRule::kLow:
      return met.low >= required.value;
    case GateRule::kHigh:
      return met.high >= required.value;
  }
  return false;
}

}  // namespace

void ObjectiveTally::add(const std::vector<JudgedWindow>& judged) {
  std::uint64_t met_here = 0, undecided_here = 0;
  std::vector<WatchedTime> shares, times;
  for (const JudgedWindow& window : judged) {
    met_here += window.met ? 1 : 0;
    undecided_here += window.undecided ? 1 : 0;
    if (!window.used) continue;
    shares.push_back({*window.used});
    times.push_back({window.lasts.value, window.outlasts});
  }
  used.add_cluster(shares);
  lasts.add_cluster(times);
  met.add(met_here, judged.size());
  not_lost.add(met_here + undecided_here, judged.size());
  windows += judged.size();
  undecided += undecided_here;
}

void ObjectiveTally::merge(const ObjectiveTally& other) {
  met.merge(other.met);
  not_lost.merge(other.not_lost);
  used.merge(other.used);
  lasts.merge(other.lasts);
  windows += other.windows;
  undecided += other.undecided;
}

Estimate ObjectiveTally::probability() const {
  Estimate probability = met.estimate();
  if (undecided == 0) return probability;
  probability.high = std::max(probability.high, not_lost.estimate().high);
  probability.censored = undecided;
  return probability;
}

void DowntimeByCause::add(const std::map<std::uint32_t, double>& times) {
  double sum = 0;
  for (const auto& [cause, time] : times) sum += time;
  total.add(sum);
  with_downtime += sum > 0 ? 1 : 0;
  for (const auto& [cause, time] : times) {
    Sums& sums = causes[cause];
    sums.time.add(time);
    sums.squares.add_product(time, time);
    sums.with_total.add_product(time, sum);
  }
}

void DowntimeByCause::merge(const DowntimeByCause& other) {
  total.merge(other.total);
  with_downtime += other.with_downtime;
  for (const auto& [cause, theirs] : other.causes) {
    Sums& sums = causes[cause];
    sums.time.merge(theirs.time);
    sums.squares.merge(theirs.squares);
    sums.with_total.merge(theirs.with_total);
  }
}

Estimate DowntimeByCause::share(std::uint32_t cause) const {
  const auto found = causes.find(cause);
  if (found == causes.end()) return {};
  // Replications without this cause add nothing to its sums.
  Ratio ratio;
  ratio.moments.a = {total.n, found->second.time, found->second.squares};
  ratio.moments.b = total;
  ratio.moments.products = found->second.with_total;
  ratio.told = with_downtime;
  Estimate share = ratio.estimate();
  if (!share.defined()) return share;
  share.value = std::clamp(share.value, 0.0, 1.0);
  if (with_downtime < kFewWithDowntime || share.value <= 0 ||
      share.value >= 1) {
    const Estimate few =
        wilson(share.value * static_cast<double>(with_downtime), with_downtime);
    share.low = std::fmin(share.low, few.low);
    share.high = std::fmax(share.high, few.high);
  }
  share.low = std::max(0.0, share.low);
  share.high = std::min(1.0, share.high);
  return share;
}

SloTally::SloTally(const Model& model)
    : model_(&model),
      objectives_(model.objectives.size()),
      downtime_(model.products.size() + 1) {}

void SloTally::add(const Replication& replication) {
  ++replications_;
  JudgedObjectives judged = judge_all(*model_, replication);
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    objectives_[i].add(judged[i]);
  }
  together_.add(met_together(*model_, judged));
  take_for_met(judged);
  together_at_most_.add(met_together(*model_, judged));
  std::vector<std::map<std::uint32_t, double>> times(downtime_.size());
  for (const OutageRecord& outage : replication.outages) {
    const double length = outage.end - outage.onset;
    times[outage.product][outage.cause] += length;
    times.back()[outage.cause] += length;
  }
  for (std::size_t i = 0; i < times.size(); ++i) downtime_[i].add(times[i]);
}

void SloTally::merge(const SloTally& other) {
  replications_ += other.replications_;
  together_.merge(other.together_);
  together_at_most_.merge(other.together_at_most_);
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    objectives_[i].merge(other.objectives_[i]);
  }
  for (std::size_t i = 0; i < downtime_.size(); ++i) {
    downtime_[i].merge(other.downtime_[i]);
  }
}

std::vector<WeakLink> SloTally::links(std::uint32_t product) const {
  const DowntimeByCause& downtime =
      product == kNone ? downtime_.back() : downtime_[product];
  std::vector<WeakLink> links;
  for (const auto& [cause, sums] : downtime.causes) {
    links.push_back(
        {cause == kNone ? "unknown" : cause_name(model_->plan, cause),
         downtime.share(cause)});
  }
  std::ranges::sort(links, [](const WeakLink& a, const WeakLink& b) {
    if (a.share.value != b.share.value) return a.share.value > b.share.value;
    return a.cause < b.cause;
  });
  return links;
}

std::vector<ObjectiveVerdict> SloTally::verdicts(GateRule rule) const {
  std::vector<ObjectiveVerdict> verdicts;
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    const ObjectiveTally& tally = objectives_[i];
    ObjectiveVerdict verdict;
    verdict.objective = &model_->objectives[i];
    verdict.met = tally.probability();
    verdict.windows = tally.windows;
    verdict.undecided = tally.undecided;
    if (const auto required = verdict.objective->said.required) {
      verdict.passed = passes(verdict.met, *required, rule);
    }
    verdict.used_mean = at_least_nothing(tally.used.watched.estimate());
    verdict.used_p50 = at_least_nothing(tally.used.quantile(0.5));
    verdict.used_p95 = at_least_nothing(tally.used.quantile(0.95));
    verdict.lasts_p5 = tally.lasts.quantile(0.05);
    verdict.lasts_p50 = tally.lasts.quantile(0.5);
    verdict.lasts_p95 = tally.lasts.quantile(0.95);
    const auto all = links(verdict.objective->product);
    if (!all.empty()) verdict.weakest = all.front();
    verdicts.push_back(verdict);
  }
  return verdicts;
}

Estimate SloTally::all_met() const {
  Estimate all = share_estimate(together_);
  const Estimate at_most = share_estimate(together_at_most_);
  if (at_most.value > all.value) all.high = std::fmax(all.high, at_most.high);
  return all;
}

SloResult run_slo(const Model& model, const SloOptions& options,
                  const SloWatch& watch) {
  const unsigned threads = thread_count(options.threads, options.replications);
  std::vector<std::unique_ptr<SloLane>> lanes(threads);
  std::mutex mutex;
  std::uint64_t finished = 0;
  const auto work = [&](unsigned thread, const Block& block) {
    if (!lanes[thread]) lanes[thread] = std::make_unique<SloLane>(model);
    SloLane& lane = *lanes[thread];
    lane.engine.heed(block.stop);
    for (std::uint64_t i = block.first; i < block.last; ++i) {
      const Replication& replication = lane.engine.run(options.seed, i);
      if (replication.abandoned) return;
      refuse_endless(replication);
      lane.tally.add(replication);
    }
    if (!watch.progress) return;
    const std::scoped_lock lock(mutex);
    finished += block.last - block.first;
    watch.progress(finished, options.replications);
  };
  run_blocks({0, options.replications, threads, watch.stop}, work);
  SloResult result{SloTally(model)};
  for (const auto& lane : lanes) {
    if (lane) result.tally.merge(lane->tally);
  }
  result.partial = result.tally.replications() < options.replications;
  return result;
}

}  // namespace outagesim

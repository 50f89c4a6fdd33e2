#include "sim/experiment/milestones.h"

#include <cmath>

#include "models/scenario/choices.h"
#include "sim/stats/crps.h"

namespace outagesim {
namespace {

const OutageRecord* worst_outage(const Replication& replication,
                                 std::uint32_t product) {
  const OutageRecord* worst = nullptr;
  for (const OutageRecord& outage : replication.outages) {
    if (outage.product != product) continue;
    if (worst == nullptr || outage.lost > worst->lost) worst = &outage;
  }
  return worst;
}

double moment_of(const OutageRecord& outage, Milestone milestone) {
  switch (milestone) {
    case Milestone::kOnset:
      return outage.onset;
    case Milestone::kDetected:
      return outage.detected;
    case Milestone::kFirstWord:
      return outage.first_word;
    case Milestone::kWorst:
      return outage.worst;
    case Milestone::kFirstCell:
      return outage.first_cell;
    case Milestone::kSubstantial:
      return outage.was_substantial ? outage.substantial : kNever;
    case Milestone::kRecovered:
      return outage.end;
    case Milestone::kFull:
      return outage.full;
  }
  return kNever;
}

bool still_to_come(const OutageRecord& outage, Milestone milestone) {
  switch (milestone) {
    case Milestone::kOnset:
    case Milestone::kWorst:
      return false;
    case Milestone::kRecovered:
      return outage.censored;
    case Milestone::kFull:
      return outage.full_censored;
    case Milestone::kSubstantial:
      return outage.censored && outage.was_substantial &&
             std::isnan(outage.substantial);
    default:
      return outage.censored && std::isnan(moment_of(outage, milestone));
  }
}

}  // namespace

std::string_view milestone_name(Milestone milestone) {
  for (const auto& choice : kChoices<Milestone>) {
    if (choice.value == milestone) return choice.word;
  }
  return "";
}

std::optional<Sample> milestone_of(const CompiledObservation& observed,
                                   const Replication& replication) {
  const OutageRecord* outage = worst_outage(replication, observed.product);
  if (outage == nullptr) return std::nullopt;
  if (still_to_come(*outage, observed.milestone)) {
    const bool full = observed.milestone == Milestone::kFull;
    return Sample{.value = full ? outage->full : outage->end, .censored = true};
  }
  const double moment = moment_of(*outage, observed.milestone);
  if (std::isnan(moment)) return std::nullopt;
  return Sample{.value = moment};
}

void MilestoneTimes::add(const CompiledObservation& observed,
                         const Replication& replication) {
  const std::optional<Sample> sample = milestone_of(observed, replication);
  if (!sample) {
    ++absent;
  } else if (sample->censored) {
    times.add_censored(sample->value);
  } else {
    times.add_event(sample->value);
  }
}

void MilestoneTimes::merge(const MilestoneTimes& other) {
  times.merge(other.times);
  absent += other.absent;
}

namespace {

// `high` is undefined where it lies beyond the longest time watched.
std::optional<bool> inside(double at, double low, double high, double longest) {
  if (std::isnan(low))
    return at < longest ? std::optional(false) : std::nullopt;
  if (at < low) return false;
  if (!std::isnan(high)) return at <= high;
  return at <= longest ? std::optional(true) : std::nullopt;
}

}  // namespace

Backtest backtest(const CompiledObservation& observed,
                  const MilestoneTimes& simulated) {
  const Survival& times = simulated.times;
  const double at = observed.at.value;
  Backtest result;
  if (times.event_counts.n == 0) return result;
  result.median = times.quantile(0.5);
  result.percentile = times.probability_below(at);
  result.low_50 = times.quantile(0.25).value;
  result.high_50 = times.quantile(0.75).value;
  result.low_90 = times.quantile(0.05).value;
  result.high_90 = times.quantile(0.95).value;
  const double longest = times.longest();
  result.inside_50 = inside(at, result.low_50, result.high_50, longest);
  result.inside_90 = inside(at, result.low_90, result.high_90, longest);
  result.crps = crps(times, at);
  result.crps_at_least = times.censored_counts.n > 0;
  return result;
}

namespace {

// In bins before that of t; none is before the scenario's start.
std::uint64_t count_before(const BinnedCounts& counts, double t) {
  if (t <= 0) return 0;
  const std::uint64_t from = counts.positive.count_from(bin_of(t));
  return counts.n - from;
}

}  // namespace

// A bin is a tie. What was cut off before the recorded time may have come
// before or after it.
double place_of(const CompiledObservation& observed,
                const MilestoneTimes& simulated, double draw) {
  const Survival& times = simulated.times;
  if (times.n() == 0) return kUndefined;
  const double at = observed.at.value;
  const std::uint64_t below = count_before(times.event_counts, at);
  const std::uint64_t alike = times.event_counts.count_upto(at) - below +
                              times.censored_counts.count_upto(at);
  return (static_cast<double>(below) +
          draw * (static_cast<double>(alike) + 1)) /
         (static_cast<double>(times.n()) + 1);
}

}  // namespace outagesim

// Where reality fell: the simulated time of each recorded milestone, told of
// the worst outage of its product (the one that lost most) in a replication.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/experiment/metrics.h"
#include "sim/stats/survival.h"

namespace outagesim {

std::string_view milestone_name(Milestone milestone);  // "first word"

// The milestone's time from the scenario's start; censored if it was still to
// come at the horizon; nothing if there was no outage, or the outage ended
// without it.
std::optional<Sample> milestone_of(const CompiledObservation& observed,
                                   const Replication& replication);

struct MilestoneTimes {
  Survival times;
  std::uint64_t absent = 0;  // replications without it

  void add(const CompiledObservation& observed, const Replication& replication);
  void merge(const MilestoneTimes& other);

  template <class Archive>
  void visit(Archive& archive) {
    archive(times, absent);
  }
};

// The verdict on one milestone.
struct Backtest {
  Estimate median;
  Estimate percentile;  // share of the simulated times below the recorded one
  double low_50 = kUndefined, high_50 = kUndefined;  // s, the middle half
  double low_90 = kUndefined, high_90 = kUndefined;  // s, the 90 % band
  // Nothing where the band's upper end and the recorded time both lie beyond
  // what was watched: it cannot be told.
  std::optional<bool> inside_50;
  std::optional<bool> inside_90;
  double crps = kUndefined;  // s [Gneiting07]; undefined beyond the watched
};
Backtest backtest(const CompiledObservation& observed,
                  const MilestoneTimes& simulated);

}  // namespace outagesim

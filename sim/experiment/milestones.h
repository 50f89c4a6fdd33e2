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
  // s [Gneiting07]. Where simulated times were cut off at the horizon, the
  // score as far as that, which the whole one is not below.
  double crps = kUndefined;
  bool crps_at_least = false;
};
Backtest backtest(const CompiledObservation& observed,
                  const MilestoneTimes& simulated);

// Where the recorded time stands among the simulated ones, from 0 to 1: drawn
// evenly from the gap into which it falls, ties and times beyond the horizon
// counting as one gap. Uniform if the record comes from the law simulated, for
// any number of times, atoms and a horizon included (randomised PIT
// [Czado09]). `draw` in [0, 1]. NaN where nothing was simulated.
double place_of(const CompiledObservation& observed,
                const MilestoneTimes& simulated, double draw);

}  // namespace outagesim

// The strategies of a comparison, compiled: what `compare` and `report` share.
#pragma once

#include <memory>
#include <vector>

#include "models/scenario/strategy.h"
#include "sim/experiment/compare.h"
#include "sim/stats/estimate.h"

namespace outagesim {

// The baseline first. Never moved once made.
struct Contest {
  std::vector<std::unique_ptr<const Model>> models;
  std::vector<Candidate> candidates;

  void enter(const Scenario& scenario, const Strategy& strategy) {
    models.push_back(std::make_unique<const Model>(compile(scenario)));
    const Money unknown{kUndefined};
    candidates.push_back({strategy.name, models.back().get(),
                          strategy.priced ? strategy.price_once : unknown,
                          strategy.priced ? strategy.price_per_year : unknown});
  }
};

inline Contest contest_of(const StrategySet& set) {
  Contest contest;
  Strategy baseline;
  baseline.name = "(baseline)";
  baseline.priced = true;  // nothing is done
  contest.enter(set.baseline, baseline);
  for (const StrategyScenario& one : set.strategies) {
    contest.enter(one.scenario, one.strategy);
  }
  return contest;
}

}  // namespace outagesim

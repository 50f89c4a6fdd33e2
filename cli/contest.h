// The strategies of a comparison, compiled: what `compare` and `report` share.
#pragma once

#include <memory>
#include <vector>

#include "models/scenario/strategy.h"
#include "sim/experiment/compare.h"

namespace outagesim {

// The baseline first. Never moved once made.
struct Contest {
  std::vector<std::unique_ptr<const Model>> models;
  std::vector<Candidate> candidates;

  void enter(const Scenario& scenario, const Strategy& strategy) {
    models.push_back(std::make_unique<const Model>(compile(scenario)));
    candidates.push_back({strategy.name, models.back().get(),
                          strategy.price_once, strategy.price_per_year});
  }
};

inline Contest contest_of(const StrategySet& set) {
  Contest contest;
  Strategy baseline;
  baseline.name = "(baseline)";
  contest.enter(set.baseline, baseline);
  for (const StrategyScenario& one : set.strategies) {
    contest.enter(one.scenario, one.strategy);
  }
  return contest;
}

}  // namespace outagesim

// Strategies of a scenario: each is the scenario with a patch merged into its
// text before it is read, so that a strategy can say whatever a scenario can,
// and its mistakes have their places. The baseline is the scenario as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/parts/strategy.h"
#include "models/scenario/scenario.h"

namespace outagesim {

struct StrategyScenario {
  Strategy strategy;
  Scenario scenario;
};

struct StrategySet {
  Scenario baseline;
  std::vector<StrategyScenario> strategies;
  std::vector<std::string> left_out;  // combinations that do not go together
};

// Which strategies: those named, without names all; and of these (without
// names, of all that are no combinations already) all combinations of up to
// `together`, if that is more than 1.
struct StrategyRequest {
  std::vector<std::string> names;
  std::size_t together = 1;
};
inline constexpr std::size_t kMostCombinations = 79;

inline constexpr std::string_view kStrategyPlus = " + ";

// "a + b": the name of a combination made for the occasion.
std::string combined(const std::vector<std::string>& names);

// Names of all combinations of two up to `size` of the names, smaller ones
// first, each in the order given: "a + b", "a + c", "b + c". O(result).
std::vector<std::string> combine(const std::vector<std::string>& names,
                                 size_t size = 2);

}  // namespace outagesim

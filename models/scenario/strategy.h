// Strategies of a scenario: each is the scenario with a patch merged into its
// text before it is read, so that a strategy can say whatever a scenario can,
// and its mistakes have their places. The baseline is the scenario as it is.
#pragma once

#include <string>
#include <vector>

#include "models/parts/strategy.h"
#include "models/scenario/load.h"
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

// The scenario and the strategies named, in that order; without names all of
// it, as written. "a + b" is a combination made for the occasion: its price is
// the sum, if all parts have one. Settings of the command line come first,
// strategies after them. Throws an InputError with all mistakes, or a
// UsageError for an unknown name. O(strategies × document).
StrategySet load_with_strategies(const std::string& path,
                                 const LoadOptions& options = {},
                                 const std::vector<std::string>& names = {});

// Those of the strategies named that can be taken together: in the order given,
// each that leads to no mistake on top of those before it. Precondition: the
// scenario loads, and the strategies exist. O(names × document).
std::vector<std::string> combinable(const std::string& path,
                                    const LoadOptions& options,
                                    const std::vector<std::string>& names);

// "a + b": the name of a combination made for the occasion.
std::string combined(const std::vector<std::string>& names);

// The same with combinations after the single ones. A combination whose patches
// contradict each other is left out, and named. Throws a UsageError if there
// would be more than kMostCombinations in all.
StrategySet load_with_combinations(const std::string& path,
                                   const LoadOptions& options,
                                   const StrategyRequest& request);

// A library is a file of strategies without a system. Returns how many it has,
// 0 if the file is no library. Throws an InputError with all mistakes in the
// strategies' own text; what their patches lead to only a system can show.
std::size_t load_library(const std::string& path);

// Names of all combinations of two up to `size` of the names, smaller ones
// first, each in the order given: "a + b", "a + c", "b + c". O(result).
std::vector<std::string> combine(const std::vector<std::string>& names,
                                 size_t size = 2);

}  // namespace outagesim

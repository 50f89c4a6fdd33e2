// From a file to a scenario: text → table (with the files it names and the
// settings of the command line) → values → validated values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/scenario/scenario.h"
#include "models/scenario/strategy.h"

namespace outagesim {

struct LoadOptions {
  std::vector<std::string> set;  // "path=value", applied in order
  // One of the scenario's own, or "a + b": read by load_scenario alone.
  std::optional<std::string> strategy = {};
  // Where to say, if not null, what lapses for a setting has replaced what it
  // speaks of: beliefs, and strategies that were not asked for.
  std::vector<std::string>* notes = nullptr;
};

// Throws an InputError with all mistakes there are, or a UsageError for an
// unknown strategy. Without a strategy those that settings leave nothing to
// change lapse. With a strategy: what the scenario becomes by it, without
// beliefs, and with a hash of its own.
Scenario load_scenario(const std::string& path,
                       const LoadOptions& options = {});

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

}  // namespace outagesim

// The strategies that a comparison is asked about: by name, in combinations,
// and as questions without a file.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "models/scenario/strategy.h"

namespace outagesim {

// The option's values. Throws a UsageError for one that is given twice: it
// would win or lose against itself.
std::vector<std::string> different_values(const Arguments& arguments,
                                          const std::string& option);

// All strategies that the scenario has, unless some are named or questions are
// asked instead; `settings` come before them. Throws UsageError, InputError.
StrategySet asked_strategies(const Arguments& arguments,
                             const std::vector<std::string>& settings);

}  // namespace outagesim

// The scenarios that the strategies of a document lead to. Internal to this
// folder; strategy.h is for others.
#pragma once

#include <string>
#include <vector>

#include "models/scenario/document.h"
#include "models/scenario/strategy.h"

namespace outagesim {

// The scenarios of the strategies named, in that order; without names of all,
// as written. Adds mistakes in the text of any strategy; and, if there are no
// mistakes so far, those in the scenarios. Throws a UsageError for an unknown
// name. O(strategies × document).
std::vector<StrategyScenario> apply_strategies(
    const Document& document, const std::vector<std::string>& names,
    Mistakes& mistakes);

}  // namespace outagesim

// The scenarios that the strategies of a document lead to. Internal to this
// folder; strategy.h is for others.
#pragma once

#include <string>
#include <vector>

#include "models/scenario/document.h"
#include "models/scenario/strategy.h"

namespace outagesim {

// Fills `set` with the scenarios of the strategies asked for, single ones
// first. Adds mistakes in the text of any strategy; and, if there are no
// mistakes so far, those in the scenarios. Throws a UsageError for an unknown
// name, or too many combinations. O(strategies × document).
void apply_strategies(const Document& document, const StrategyRequest& request,
                      Mistakes& mistakes, StrategySet& set);

// Adds mistakes in the text of the strategies alone; returns how many there
// are.
std::size_t check_strategies(const Document& document, Mistakes& mistakes);

}  // namespace outagesim

// What no single value can tell: that every name exists and means the right
// kind of thing, that nothing contradicts itself, that every fault can end.
#pragma once

#include "models/base/error.h"
#include "models/scenario/scenario.h"

namespace outagesim {

// Adds a mistake for each thing that is wrong, at the place where it was
// written. O(scenario); near misses of names are searched for a few only.
void validate(const Scenario& scenario, Mistakes& mistakes);

}  // namespace outagesim

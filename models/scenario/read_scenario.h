// The merged table as a value: every key read by its type, every mistake
// noted. Names are not yet resolved; validate.h does that.
#pragma once

#include "models/base/error.h"
#include "models/scenario/document.h"
#include "models/scenario/scenario.h"

namespace outagesim {

// What could not be read keeps its default; use the value only if no mistake
// was added. O(document).
Scenario read_scenario(const Document& document, Mistakes& mistakes);

}  // namespace outagesim

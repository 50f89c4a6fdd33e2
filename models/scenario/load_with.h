// A scenario with settings that come by another option than --set, so that
// their mistakes are placed in that option: a question, a point of a grid.
#pragma once

#include <span>
#include <string>

#include "models/scenario/load.h"

namespace outagesim {

// Applies `settings` after those of `options`; `option` is what their mistakes
// name, such as "--over". Strategies are not looked at. Throws an InputError
// with all mistakes there are.
Scenario load_with(const std::string& path, const LoadOptions& options,
                   std::span<const std::string> settings,
                   const std::string& option);

}  // namespace outagesim

// Whether a text that was made, not read from a file, is a scenario.
#pragma once

#include <string>
#include <vector>

#include "models/base/error.h"

namespace outagesim {

// All that is wrong with a text that names no system files; `name` stands in
// the mistakes for its path. O(text).
std::vector<Mistake> scenario_mistakes(const std::string& name,
                                       const std::string& text);

}  // namespace outagesim

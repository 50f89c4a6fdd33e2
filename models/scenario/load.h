// From a file to a scenario: text → table (with the files it names and the
// settings of the command line) → values → validated values.
#pragma once

#include <string>
#include <vector>

#include "models/scenario/scenario.h"

namespace outagesim {

struct LoadOptions {
  std::vector<std::string> set;  // "path=value", applied in order
};

// Throws an InputError with all mistakes there are.
Scenario load_scenario(const std::string& path,
                       const LoadOptions& options = {});

}  // namespace outagesim

// From a file to a scenario: text → table (with the files it names and the
// settings of the command line) → values → validated values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/scenario/scenario.h"

namespace outagesim {

struct LoadOptions {
  std::vector<std::string> set;  // "path=value", applied in order
  // One of the scenario's own, or "a + b": read by load_scenario alone.
  std::optional<std::string> strategy = {};
};

// Throws an InputError with all mistakes there are, or a UsageError for an
// unknown strategy. With a strategy: what the scenario becomes by it, without
// beliefs, and with a hash of its own.
Scenario load_scenario(const std::string& path,
                       const LoadOptions& options = {});

}  // namespace outagesim

// A system file by itself: it has services and no [scenario], for scenarios
// name it in `system`. It may use names that another file defines, but a name
// that is nearly one of its own is taken for a slip of the pen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/scenario/scenario.h"

namespace outagesim {

struct SystemAlone {
  Scenario system;  // the parts of some scenario
  // What it names and does not have: `service "api"`, each once.
  std::vector<std::string> from_elsewhere;
};

// Nothing if the file is no system. Throws an InputError with all mistakes;
// names from elsewhere are none.
std::optional<SystemAlone> load_system(const std::string& path);

}  // namespace outagesim

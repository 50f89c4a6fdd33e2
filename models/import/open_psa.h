// A fault tree in the Open-PSA model exchange format [Epstein08], read: gates
// of or, and, atleast, nested as deep as they like, over basic events with a
// number or an exponential law over the mission. What the format has beyond
// that is refused by name, never skipped.
#pragma once

#include <string>

#include "models/parts/fault_tree.h"

namespace outagesim {

// Throws InputError where the file cannot be read, is not such a tree, or has
// what a scenario cannot say.
FaultTree read_open_psa(const std::string& path);

// The tree as a scenario in TOML: a gate is a service, a basic event a service
// that fails by itself, in equilibrium, so often that it is down with the
// event's probability; a top gate is a product.
struct TreeScenarioOptions {
  Seconds time_to_repair{4 * 3600};  // mean, exponential
};
std::string scenario_of_tree(const FaultTree& tree,
                             const TreeScenarioOptions& options = {});

}  // namespace outagesim

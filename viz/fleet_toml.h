// A fleet as a scenario that runs: its services, a store that dies, and people
// who use its products.
#pragma once

#include <string>

#include "sim/experiment/fleet.h"

namespace outagesim {

// The needs of a service are one list of names, the form that parses fastest.
std::string fleet_toml(const Fleet& fleet, const FleetOptions& options);

}  // namespace outagesim

// Systems with the published shape of real fleets, of any size: a few shared
// stores and suppliers that very many stand on, call trees of a handful of
// levels, numbers of needs with a heavy tail. Shares of entry, middle and leaf
// services as in a fleet of 67,760 microservices [Winchester25]; tree-like
// graphs with hot spots and heavy tails as in [Luo21].
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/parts/service.h"

namespace outagesim {

struct FleetOptions {
  std::uint32_t services = 1000;  // at least 10
  std::uint64_t seed = 1;
  double needs = 5;  // a service, on average; at least 1
};

struct FleetService {
  ServiceKind kind = ServiceKind::kService;
  std::vector<std::uint32_t> needs;  // all hard; into Fleet::services
};

struct Fleet {
  std::vector<FleetService> services;  // a target before those who need it
};

// The same fleet for the same options, on every machine. O(needs).
Fleet make_fleet(const FleetOptions& options);

// "supplier-3", "store-17", "product-5", "s1234".
std::string fleet_name(const Fleet& fleet, std::uint32_t service);

}  // namespace outagesim

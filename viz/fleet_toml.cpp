#include "viz/fleet_toml.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/base/text.h"

namespace outagesim {
namespace {

std::string_view kind_line(ServiceKind kind) {
  switch (kind) {
    case ServiceKind::kSupplier:
      return "kind = \"supplier\"\n";
    case ServiceKind::kInfrastructure:
      return "kind = \"infrastructure\"\n";
    case ServiceKind::kProduct:
      return "kind = \"product\"\n";
    case ServiceKind::kService:
      break;
  }
  return "";
}

std::string head(const FleetOptions& options) {
  return "# A generated fleet: outagesim generate " +
         std::to_string(options.services) + " --seed " +
         std::to_string(options.seed) + " --needs " +
         round_trip(options.needs) +
         "\n"
         "format = 1\n\n"
         "[scenario]\n"
         "start = 2025-03-03T10:00:00Z\n"
         "horizon = \"24 h\"\n\n";
}

// The store that most services stand on.
std::uint32_t busiest_store(const Fleet& fleet) {
  std::vector<std::uint32_t> users(fleet.services.size());
  for (const FleetService& service : fleet.services) {
    for (const std::uint32_t target : service.needs) ++users[target];
  }
  std::uint32_t best = 0;
  for (std::uint32_t i = 0; i < users.size(); ++i) {
    const bool store = fleet.services[i].kind == ServiceKind::kInfrastructure;
    if (store && (best == 0 || users[i] > users[best])) best = i;
  }
  return best;
}

std::uint32_t first_product(const Fleet& fleet) {
  const auto found = std::ranges::find(fleet.services, ServiceKind::kProduct,
                                       &FleetService::kind);
  return static_cast<std::uint32_t>(found - fleet.services.begin());
}

std::string incident(const Fleet& fleet) {
  return "[fault.store-dies]\n"
         "at = \"1 h\"\n"
         "where = \"" +
         fleet_name(fleet, busiest_store(fleet)) +
         "\"\n"
         "effect = \"down\"\n"
         "ends = \"lognormal(median 45 min, sigma 0.8)\"\n\n"
         "[population.customers]\n"
         "uses = \"" +
         fleet_name(fleet, first_product(fleet)) +
         "\"\n"
         "users = 1_000_000\n"
         "visits = \"0.5 per day\"\n"
         "visit_length = \"12 min\"\n"
         "requests_per_visit = 20\n\n";
}

}  // namespace

std::string fleet_toml(const Fleet& fleet, const FleetOptions& options) {
  std::string text = head(options) + incident(fleet);
  for (std::uint32_t i = 0; i < fleet.services.size(); ++i) {
    const FleetService& service = fleet.services[i];
    text += "[service." + fleet_name(fleet, i) + "]\n";
    text += kind_line(service.kind);
    if (service.needs.empty()) continue;
    text += "needs = [";
    for (const std::uint32_t target : service.needs) {
      if (text.back() != '[') text += ", ";
      text += '"' + fleet_name(fleet, target) + '"';
    }
    text += "]\n";
  }
  return text;
}

}  // namespace outagesim

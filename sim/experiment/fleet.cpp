#include "sim/experiment/fleet.h"

#include <algorithm>
#include <cmath>

#include "sim/core/random.h"
#include "sim/engine/draws.h"

namespace outagesim {
namespace {

// Of all services [Winchester25, table 1].
constexpr double kLeaves = 0.39;
constexpr double kEntries = 0.13;
// Assumptions, for no trace tells them: of all services.
constexpr double kSuppliers = 0.005;
constexpr double kStores = 0.05;
constexpr double kProducts = 0.001;
// Of middle services, those of each level that are above it: trees of five
// levels or so, seldom more than twelve.
constexpr double kHigher = 0.55;
constexpr std::uint32_t kMostLevels = 12;
// A target is one that was chosen before with this probability: popularity
// breeds popularity, which gives numbers of users with a tail of exponent
// 1 + 1 / 0.8 [Price76].
constexpr double kPopular = 0.8;
constexpr std::uint32_t kMostNeeds = 400;

std::uint32_t part(std::uint32_t n, double share) {
  return std::max(1U, static_cast<std::uint32_t>(share * n));
}

class FleetMaker {
 public:
  explicit FleetMaker(const FleetOptions& options) : options_(options) {
    fleet_.services.resize(options.services);
  }

  Fleet make() {
    const std::uint32_t n = options_.services;
    const std::uint32_t leaves = part(n, kLeaves), entries = part(n, kEntries);
    set_kinds(leaves, entries);
    const double callers = n - leaves;
    least_needs_ = std::max(1.0, options_.needs * n / callers / 2);
    std::uint32_t below = 0, level = leaves;
    for (std::uint32_t i = 0; i < kMostLevels && level < n - entries; ++i) {
      const std::uint32_t left = n - entries - level;
      const bool last = i + 1 == kMostLevels;
      const std::uint32_t size = last ? left : part(left, 1 - kHigher);
      for (std::uint32_t k = 0; k < size; ++k) connect(level + k, below, level);
      below = level;
      level += size;
    }
    for (std::uint32_t k = n - entries; k < n; ++k) {
      connect(k, leaves, n - entries);
    }
    return std::move(fleet_);
  }

 private:
  void set_kinds(std::uint32_t leaves, std::uint32_t entries) {
    const std::uint32_t n = options_.services;
    const std::uint32_t suppliers = part(n, kSuppliers);
    const std::uint32_t stores = std::min(part(n, kStores), leaves - suppliers);
    for (std::uint32_t i = 0; i < suppliers + stores; ++i) {
      fleet_.services[i].kind =
          i < suppliers ? ServiceKind::kSupplier : ServiceKind::kInfrastructure;
    }
    for (std::uint32_t i = 0; i < std::min(part(n, kProducts), entries); ++i) {
      fleet_.services[n - 1 - i].kind = ServiceKind::kProduct;
    }
  }

  // One need of the level below, the others of anything lower.
  void connect(std::uint32_t service, std::uint32_t below, std::uint32_t end) {
    Stream stream({.seed = options_.seed,
                   .entity = service,
                   .purpose = static_cast<std::uint64_t>(Purpose::kFleet)});
    const auto among = [&](std::uint32_t first, std::uint32_t last) {
      const double at = stream.next() * (last - first);
      return first + static_cast<std::uint32_t>(at);
    };
    std::vector<std::uint32_t>& needs = fleet_.services[service].needs;
    // Pareto with exponent 2: its mean is twice its least value.
    const double wanted = least_needs_ / std::sqrt(stream.next());
    const auto count = static_cast<std::uint32_t>(
        std::min({wanted + 0.5, double{kMostNeeds}, double(end)}));
    needs.push_back(among(below, end));
    for (std::uint32_t tries = 1; tries < count; ++tries) {
      const bool popular = stream.next() < kPopular && !chosen_.empty();
      const auto last = static_cast<std::uint32_t>(chosen_.size());
      const std::uint32_t target =
          popular ? chosen_[among(0, last)] : among(0, end);
      const bool is_new = std::ranges::find(needs, target) == needs.end();
      if (is_new && target < end) needs.push_back(target);
    }
    chosen_.insert(chosen_.end(), needs.begin(), needs.end());
  }

  const FleetOptions& options_;
  Fleet fleet_;
  double least_needs_ = 1;
  std::vector<std::uint32_t> chosen_;  // every target, once a need
};

}  // namespace

Fleet make_fleet(const FleetOptions& options) {
  return FleetMaker(options).make();
}

std::string fleet_name(const Fleet& fleet, std::uint32_t service) {
  const std::string number = std::to_string(service);
  switch (fleet.services[service].kind) {
    case ServiceKind::kSupplier:
      return "supplier-" + number;
    case ServiceKind::kInfrastructure:
      return "store-" + number;
    case ServiceKind::kProduct:
      return "product-" + number;
    case ServiceKind::kService:
      break;
  }
  return "s" + number;
}

}  // namespace outagesim

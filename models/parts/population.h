// People who use a product: how many, when, how often; and how their reports
// to an outage site rise and decay.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/calendar.h"
#include "models/parts/place.h"

namespace outagesim {

enum class PopulationClass : std::uint8_t { kPeople, kBusinesses, kDevelopers };

struct NamedProfile {
  std::string name;
  SourcePosition at;
  WeekProfile week;
};

struct Population {
  std::string name;
  SourcePosition at;
  Reference uses;  // a product
  PopulationClass kind = PopulationClass::kPeople;
  Users users{0};
  PerSecond visits{0};        // of one user, mean over the week
  Seconds visit_length{600};  // active(t) = users × visits(t) × visit_length
  double requests_per_visit = 1;
  std::optional<Reference> profile;
  std::string zone = "UTC";
  // Share of the users who report when they first meet the failure.
  Probability reports{0};
};

}  // namespace outagesim

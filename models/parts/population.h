// People who use a product: how many, when, how often, what they do while it
// fails, and what that is worth to them and to the operator.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

// Below this availability over a month, so much of its bill is given back.
struct CreditTier {
  Fraction below{0};
  Fraction credit{0};
};

// What people do while the product fails, and what is at stake. Money is in
// US dollars.
struct Stakes {
  std::string region;
  std::optional<Seconds> patience;       // mean time until they give up
  Seconds comes_back{30 * 60};           // mean, until they try again
  std::optional<Reference> alternative;  // in words; need not be a service
  Probability turns_to_it{0};            // of those who give up
  Probability leaves{0};                 // for good, of those who give up
  Fraction work{0};                      // of their time in the product
  Money hour_value{0};                   // of an hour in the product
  Money pays{0};                         // a user, a month
  Money per_request{0};                  // revenue
  std::vector<CreditTier> sla;
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
  Stakes stakes;
};

}  // namespace outagesim

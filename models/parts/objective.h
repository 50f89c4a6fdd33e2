// What service was promised, and how surely it must be kept: a limit for a
// product in each window of time, or on the share of users who are hurt.
#pragma once

#include <optional>
#include <string>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/place.h"

namespace outagesim {

// Exactly one limit is given.
struct Objective {
  std::string name;
  SourcePosition at;
  std::optional<Reference> of;           // a product; none: all users
  std::optional<Fraction> availability;  // at least; below 1
  std::optional<Seconds> downtime;       // at most, together; above 0
  std::optional<Seconds> mttr;           // at most, mean of the outages
  std::optional<Seconds> longest;        // at most, of any outage
  std::optional<double> outages;         // at most so many
  std::optional<Fraction> blast_radius;  // at most this share of the users
  Seconds window{30 * 86400.0};          // from the start, one after the other
  std::optional<Probability> required;   // a gate: to be met at least so surely
};

}  // namespace outagesim

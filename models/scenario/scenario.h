// A scenario as its author meant it: validated values, names instead of
// indices, each with the position it was written at. The loader makes it, the
// compiler (models/compiled) turns it into flat arrays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/base/utc_time.h"
#include "models/parts/background.h"
#include "models/parts/belief.h"
#include "models/parts/fault.h"
#include "models/parts/objective.h"
#include "models/parts/population.h"
#include "models/parts/response.h"
#include "models/parts/service.h"

namespace outagesim {

// Recorded in reality, to be compared with the simulation.
enum class Milestone : std::uint8_t {
  kOnset,        // served fraction falls below the outage threshold
  kDetected,     // the fault is noticed
  kFirstWord,    // the operator's first public word
  kWorst,        // the served fraction is first at its minimum
  kFirstCell,    // the first cell is restored
  kSubstantial,  // served fraction back at `substantial` for good
  kRecovered,    // the outage ends (served again, perhaps degraded)
  kFull,         // nothing is degraded either
};

struct Observed {
  SourcePosition where;
  Reference product;
  Milestone milestone = Milestone::kRecovered;
  Seconds at{0};  // from the scenario's start
  std::string source;
};

struct OutageRule {
  Fraction below{0.99};         // of baseline: an outage opens
  Seconds ends_after{30 * 60};  // of service at or above it: the outage ended
  Fraction substantial{0.5};    // of baseline
};

struct Scenario {
  std::string path;             // as the author typed it
  std::uint64_t text_hash = 0;  // of all texts read and all settings
  std::string shows;
  std::string expect;
  UtcTime start;
  Seconds horizon{24 * 3600};
  OutageRule outage;
  double parallel_correlation = 0.5;     // of the times of parallel remedies
  std::vector<Reference> from_incident;  // inputs taken from the incident

  std::vector<Service> services;
  std::vector<StartupLimit> startup_limits;
  std::vector<Fault> faults;  // faults and changes
  std::vector<CommonCause> common_causes;
  std::vector<Team> teams;
  std::vector<StageLibrary> stages;
  std::vector<Response> responses;
  std::vector<Remedy> remedies;
  std::optional<Communication> communication;
  std::vector<NamedProfile> profiles;
  std::vector<Population> populations;
  std::vector<Observed> observed;
  std::vector<Belief> beliefs;  // of the baseline; strategies have none
  std::vector<Objective> objectives;
};

}  // namespace outagesim

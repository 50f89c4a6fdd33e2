// What a product serves while an incident's units come back one by one
// (incident_race.h): a table by how many of each kind are back, where nothing
// tells units of a kind apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/analysis/incident_race.h"

namespace outagesim {

struct RaceServing {
  std::string why_not;                // empty: what follows is known
  bool is_untouched = false;          // by the incident: it loses nothing
  std::vector<std::uint32_t> units;   // that bear on it, into the race's
  std::vector<std::uint32_t> stride;  // by place in `units`: what its return
                                      // adds to the index below
  std::vector<double> served;         // over baseline; the first: all are out
  double baseline = 1;
};

// Precondition: the race has no doubt. O(states × nodes that they touch), at
// most 20,000 states.
RaceServing race_serving(const Model& model, std::uint32_t product,
                         const IncidentRace& race);

}  // namespace outagesim

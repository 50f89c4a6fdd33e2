// The remedies of a fault that race to relieve people first, where nothing but
// their laws says when: none waits for a team, a lock or a chance to work, and
// the first thing that each does is felt at once.
#pragma once

#include <string>
#include <vector>

#include "models/analysis/incident_closing.h"

namespace outagesim {

struct StageRelief {
  std::string why_not;               // empty: what follows is known
  std::vector<Distribution> firsts;  // correlated as parallel remedies are
};
StageRelief stage_relief(const Model& model, std::uint32_t fault,
                         const IncidentClosing& closing);

}  // namespace outagesim

// When an incident would be over if nobody did anything: its fault ends by
// itself, and what stood on the place restarts in correlated times. People who
// notice, engage and diagnose race against that, so what is seen of their
// stages is what came before it.
#pragma once

#include <string>
#include <vector>

#include "models/analysis/time_quadrature.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct IncidentClosing {
  std::string why_not;        // empty: what follows is known
  bool never = true;          // it stays open until people end it
  SurvivalFunction open;      // P(not over by t)
  SurvivalFunction helpless;  // P(nothing is back by t)
  double from = 0, to = 0;    // s: they fall between these
  std::vector<NeedId> stood;  // by hand turned needs that stood on the place
};

// The fault is the only one and strikes once, so that nothing else keeps its
// responders or has moved what it strikes.
bool strikes_alone(const Plan& plan, std::uint32_t fault);

// Tables take 10 ms to make.
IncidentClosing incident_closing(const Model& model, std::uint32_t fault);

}  // namespace outagesim

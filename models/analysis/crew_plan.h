// Faults that people end, as far as a Markov chain can tell it: noticing,
// engaging, diagnosing, waiting for one of a team's responders (first come,
// first served), the remedy that repairs, and what it is locked out by. Those
// that share a team belong together. What the engine does and this cannot say
// is told, part by part.
#pragma once

#include <string>
#include <vector>

#include "models/analysis/erlang_fit.h"
#include "models/analysis/failure_source.h"
#include "models/compiled/compile.h"

namespace outagesim {

// One fault with its response. A stage without phases takes no time.
struct CrewFault {
  std::string name;
  double rate = 0;  // strikes a second
  std::vector<NodeLoss> losses;
  PhaseType ends;  // by itself; no phases: only people end it
  PhaseType detect, engage, diagnose, wrong, work, glass;
  double wrong_share = 0;              // of diagnoses: they take `wrong` more
  std::uint32_t engages = kNone;       // team held while diagnosing
  std::uint32_t repairs = kNone;       // team held from the remedy's begin
  bool has_remedy = false;             // none: people only look on
  std::vector<std::uint32_t> lock_by;  // into CrewPlan::locks
};

struct CrewPlan {
  std::vector<CrewFault> faults;
  std::vector<std::uint32_t> responders;  // by team
  std::vector<NodeId> locks;              // what bars a remedy while it is down
  double fit_error = 0;                   // largest difference of a fitted law
};

// Whether people have a part in how it goes on: a remedy may end it.
bool has_people(const CompiledFault& fault);

// The faults (into Plan::faults, ascending) that keep the same teams busy as
// those given, themselves included.
std::vector<std::uint32_t> with_shared_teams(const Model& model,
                                             std::vector<std::uint32_t> faults);

// What a fault's remedy is locked out by: nodes of whole services.
std::vector<NodeId> locks_of(const Model& model, const CompiledFault& fault);

// Why it is no such fault; empty if it is one.
std::vector<std::string> crew_doubts(const Model& model,
                                     const CompiledFault& fault);

// Precondition: no doubts.
CrewPlan crew_plan(const Model& model, const std::vector<std::uint32_t>& faults,
                   LawFits& fits);

}  // namespace outagesim

// What can happen in a scenario, names resolved to indices. O(scenario).
#pragma once

#include "models/compiled/clock_book.h"
#include "models/compiled/names.h"
#include "models/compiled/plan.h"
#include "models/scenario/scenario.h"

namespace outagesim {

// What every part of the plan is compiled from.
struct PlanSource {
  PlanSource(const Scenario& from, const Graph& of, const IdOfName& named);

  const Scenario& scenario;
  const Graph& graph;
  const IdOfName& services;
  IdOfName faults, remedies, teams;
  // By fault: the response it calls, or kNone.
  std::vector<std::uint32_t> response_of_fault;

  // The whole node of a service referred to, or kNone.
  NodeId whole_of_service(const std::optional<Reference>& service) const;
  std::uint32_t team_named(const std::optional<Reference>& team) const;
};

// Everything but the clocks, which stay with the book.
Plan compile_plan(const PlanSource& source, ClockBook& clocks);

// Its parts, one a file.
std::vector<CompiledFault> compile_faults(const PlanSource& source);
std::vector<Process> compile_processes(const PlanSource& source,
                                       ClockBook& clocks);
std::vector<CommonCauseProcess> compile_common_causes(const PlanSource& source,
                                                      ClockBook& clocks);
// `faults` as compiled.
std::vector<CompiledRemedy> compile_remedies(
    const PlanSource& source, const std::vector<CompiledFault>& faults);

}  // namespace outagesim

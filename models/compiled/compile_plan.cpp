#include "models/compiled/compile_plan.h"

#include <algorithm>

#include "models/base/text.h"

namespace outagesim {
namespace {

std::vector<std::uint32_t> responses_of_faults(const Scenario& scenario,
                                               const IdOfName& faults) {
  std::vector<std::uint32_t> response_of(scenario.faults.size(), kNone);
  for (std::uint32_t i = 0; i < scenario.responses.size(); ++i) {
    const Response& response = scenario.responses[i];
    const auto add = [&](const std::string& name) {
      const std::uint32_t fault = faults.find(name);
      if (fault != kNone) response_of[fault] = i;
    };
    for (const Reference& fault : response.faults) {
      add(fault.name);
    }
    if (response.faults.empty()) add(response.name);
  }
  return response_of;
}

CompiledSignal compile_signal(const PlanSource& source, const Signal& signal) {
  CompiledSignal compiled;
  compiled.name = signal.name;
  compiled.key = name_hash(signal.name);
  compiled.time = signal.time;
  compiled.through = source.whole_of_service(signal.through);
  compiled.blind = signal.blind;
  compiled.reports = signal.reports;
  return compiled;
}

CompiledResponse compile_response(const PlanSource& source,
                                  const Response& response) {
  CompiledResponse compiled;
  compiled.name = response.name;
  compiled.key = name_hash(response.name);
  compiled.team = source.team_named(response.team);
  for (const Signal& signal : response.detect) {
    compiled.detect.push_back(compile_signal(source, signal));
  }
  compiled.engage = response.engage;
  compiled.diagnose = response.diagnose;
  if (response.diagnose) {
    compiled.diagnose_through =
        source.whole_of_service(response.diagnose->through);
  }
  return compiled;
}

CompiledTeam compile_team(const PlanSource& source, const Team& team,
                          ClockBook& clocks) {
  CompiledTeam compiled;
  compiled.name = team.name;
  compiled.key = name_hash(team.name);
  compiled.responders = team.responders;
  compiled.on_call = team.on_call;
  if (team.on_call) {
    compiled.on_call_clock = clocks.of_on_call(*team.on_call);
  }
  compiled.escalates_to = source.team_named(team.escalates_to);
  compiled.escalates_after = team.escalates_after;
  compiled.shift = team.shift;
  compiled.hand_over = team.hand_over;
  compiled.per_hour = team.per_hour;
  return compiled;
}

std::optional<CompiledCommunication> compile_communication(
    const PlanSource& source) {
  const auto& said = source.scenario.communication;
  if (!said) {
    return std::nullopt;
  }
  return CompiledCommunication{source.whole_of_service(said->page),
                               said->acknowledged, said->cause_found,
                               said->estimate, said->resolved};
}

}  // namespace

PlanSource::PlanSource(const Scenario& from, const Graph& of,
                       const IdOfName& named)
    : scenario(from),
      graph(of),
      services(named),
      faults(from.faults),
      remedies(from.remedies),
      teams(from.teams),
      response_of_fault(responses_of_faults(from, faults)) {}

NodeId PlanSource::whole_of_service(
    const std::optional<Reference>& service) const {
  const ServiceId id = service ? services.find(service->name) : kNone;
  return id == kNone ? kNone : graph.services[id].whole;
}

std::uint32_t PlanSource::team_named(
    const std::optional<Reference>& team) const {
  return team ? teams.find(team->name) : kNone;
}

Plan compile_plan(const PlanSource& source, ClockBook& clocks) {
  Plan plan;
  plan.faults = compile_faults(source);
  plan.processes = compile_processes(source, clocks);
  plan.common_causes = compile_common_causes(source, clocks);
  for (const Response& response : source.scenario.responses) {
    plan.responses.push_back(compile_response(source, response));
  }
  plan.remedies = compile_remedies(source, plan.faults);
  for (const Team& team : source.scenario.teams) {
    plan.teams.push_back(compile_team(source, team, clocks));
  }
  for (const StartupLimit& limit : source.scenario.startup_limits) {
    plan.startup_at_once.push_back(limit.at_once);
  }
  plan.communication = compile_communication(source);
  plan.parallel_correlation = source.scenario.parallel_correlation;
  return plan;
}

std::uint32_t cause_count(const Plan& plan) {
  return static_cast<std::uint32_t>(plan.faults.size() + plan.processes.size() +
                                    plan.common_causes.size());
}

const std::string& cause_name(const Plan& plan, std::uint32_t cause) {
  if (cause < plan.faults.size()) {
    return plan.faults[cause].name;
  }
  const std::size_t process = cause - plan.faults.size();
  return process < plan.processes.size()
             ? plan.processes[process].name
             : plan.common_causes[process - plan.processes.size()].name;
}

}  // namespace outagesim

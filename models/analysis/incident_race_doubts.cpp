// What of an incident hangs on more than its laws.
#include <algorithm>
#include <map>

#include "models/analysis/incident_closing.h"
#include "models/analysis/incident_race.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

std::string signal_doubt(const CompiledSignal& signal) {
  if (signal.reports || !signal.time) {
    return "signal " + signal.name + " listens to the crowd";
  }
  if (signal.through != kNone) {
    return "signal " + signal.name + " works as well as a service serves";
  }
  return {};
}

bool stands_on(const CompiledNeed& need) {
  return need.kind != NeedKind::kSoft && need.kind != NeedKind::kCached &&
         need.kind != NeedKind::kAsync;
}

std::string restart_doubt(const Graph& graph,
                          const std::vector<NodeId>& nodes) {
  for (const NodeId node : nodes) {
    const CompiledService& service = graph.services[graph.nodes[node].service];
    if (service.restart.takes || !service.to_start_services.empty()) {
      return service.name + " takes time to restart";
    }
  }
  return {};
}

// Its first alternative is in use when the fault strikes.
std::uint32_t position_of(const Graph& graph, const CompiledNeed& need,
                          NodeId place) {
  std::uint32_t position = 0;
  while (graph.targets[need.first_target + position] != place) ++position;
  return position;
}

}  // namespace

std::string IncidentRace::fault_doubt() const {
  const std::string name = "fault " + fault_.name;
  if (!strikes_alone(model_.plan, id_)) {
    return name + " is not the only one, or has no set time";
  }
  if (fault_.rollout) return name + ": a change spreads in waves";
  if (!std::holds_alternative<AtOnce>(fault_.visible)) {
    return name + ": it is not there at once";
  }
  const auto what = fault_.effect.what;
  if (what != FaultEffect::What::kDown && what != FaultEffect::What::kHealth &&
      what != FaultEffect::What::kErrors) {
    return name + ": its effect is load or latency";
  }
  for (const PlaceChoice& place : fault_.where) {
    if (place.random) return name + ": its cells are chosen at random";
    std::string why = restart_doubt(model_.graph, place.nodes);
    if (!why.empty()) return why;
  }
  if (!fault_.ends && fault_.remedies.empty())
    return name + ": nothing ends it";
  return {};
}

std::string IncidentRace::response_doubt() const {
  for (const CompiledSignal& signal : response_->detect) {
    std::string why = signal_doubt(signal);
    if (!why.empty()) return why;
  }
  if (response_->diagnose && response_->diagnose_through != kNone) {
    return "diagnosis takes longer without its telemetry";
  }
  for (const std::uint32_t id : fault_.remedies) {
    std::string why = remedy_doubt(model_.plan.remedies[id]);
    if (!why.empty()) return why;
  }
  return team_doubt();
}

std::string IncidentRace::remedy_doubt(const CompiledRemedy& remedy) const {
  const std::string name = "remedy " + remedy.name;
  if (remedy.after != kNone) return name + " waits for another";
  if (!remedy.lock_outs.empty()) return name + " may be locked out";
  if (remedy.random_order) return name + " goes in a random order";
  const What what = remedy.effect.what;
  if (what != What::kRepair && what != What::kUndo && what != What::kSwitch) {
    return name + " neither repairs nor switches";
  }
  if (what != What::kSwitch) return {};
  const Graph& graph = model_.graph;
  for (const NeedId id : remedy.needs) {
    if (graph.need_laws[graph.needs[id].law].switch_time) {
      return name + ": turning takes time";
    }
  }
  return {};
}

std::string IncidentRace::team_doubt() const {
  std::map<std::uint32_t, std::uint32_t> busy;  // by team
  const auto doubt = [&](std::uint32_t id) -> std::string {
    if (id == kNone) return {};
    const CompiledTeam& team = model_.plan.teams[id];
    if (team.on_call) return "team " + team.name + " may be off duty";
    if (team.shift) return "work may be handed over to the next shift";
    if (++busy[id] > team.responders) {
      return "work may wait for team " + team.name;
    }
    return {};
  };
  std::string why = doubt(response_->team);
  busy.clear();  // whoever has found the cause is free again
  for (const std::uint32_t id : fault_.remedies) {
    if (why.empty()) why = doubt(model_.plan.remedies[id].team);
  }
  return why;
}

std::string IncidentRace::add_standing(NeedId id, std::uint32_t place) {
  const Graph& graph = model_.graph;
  const CompiledNeed& need = graph.needs[id];
  if (!stands_on(need)) return {};
  const std::uint32_t position = position_of(graph, need, places_[place]);
  if (need.kind == NeedKind::kAny) {
    if (position != 0) return {};
    const Need& law = graph.need_laws[need.law];
    if (law.switch_by != SwitchBy::kHand) {
      return "need " + law.name + " of what stands there turns by itself";
    }
  }
  units_.push_back(
      {places_[place], id, need.first_target + position, 0, place});
  owners_.push_back(need.owner);
  return {};
}

std::string IncidentRace::standing_doubt() {
  const Graph& graph = model_.graph;
  for (std::uint32_t i = 0; i < places_.size(); ++i) {
    const NodeId place = places_[i];
    for (auto d = graph.first_dependent[place];
         d < graph.first_dependent[place + 1]; ++d) {
      std::string why = add_standing(graph.dependents[d], i);
      if (!why.empty()) return why;
    }
  }
  std::ranges::sort(owners_);
  owners_.erase(std::unique(owners_.begin(), owners_.end()), owners_.end());
  for (RaceUnit& unit : units_) {
    const NodeId owner = graph.needs[unit.need].owner;
    unit.restart = static_cast<std::uint32_t>(
        std::ranges::lower_bound(owners_, owner) - owners_.begin());
  }
  return units_.empty() ? "nothing stood where it strikes" : std::string{};
}

}  // namespace outagesim

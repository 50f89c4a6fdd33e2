#include "sim/engine/faults.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/base/normal.h"
#include "sim/engine/conditions.h"
#include "sim/engine/effects.h"
#include "sim/engine/incidents.h"
#include "sim/engine/rollouts.h"
#include "sim/engine/work_items.h"

namespace outagesim {
namespace {

void schedule_next_at_rate(World& world, std::uint32_t fault) {
  const CompiledFault& f = world.model.plan.faults[fault];
  const double u =
      draw(world, f.key, Purpose::kFaultTime, world.occurrences[fault]).value;
  const Seconds wait{-std::log(u) / f.trigger.rate.value};
  schedule(world, world.now + wait, {EventKind::kFaultStrikes, fault, 0, 0});
}

void add_affected(World& world, const PlaceChoice& choice,
                  std::uint64_t entity) {
  pick_cells(world, choice, entity, Purpose::kPlace);
  for (const std::uint32_t pick : world.picks) {
    world.affected.push_back({choice.nodes[pick], kNone, {}});
  }
}

void note_mitigated(World& world, const Incident& of) {
  IncidentRecord& record = world.result.incidents[of.record];
  if (std::isnan(record.mitigated)) record.mitigated = stamp(world);
}

// Whether it matters what stood on the fault's place: it must restart, or a
// remedy can turn it elsewhere.
bool tracks_standing(const World& world, const CompiledFault& fault) {
  return fault.then || std::ranges::any_of(fault.remedies, [&](auto remedy) {
           return world.model.plan.remedies[remedy].effect.what ==
                  RemedyEffect::What::kSwitch;
         });
}

// Notes the needs that rely on a failed place right now; where they will have
// to restart they stay cold until then.
void note_standing(World& world, std::uint32_t incident, NodeId place) {
  const Graph& graph = world.model.graph;
  const bool restarts =
      world.model.plan.faults[world.incidents[incident].fault].then.has_value();
  for (auto i = graph.first_dependent[place];
       i < graph.first_dependent[place + 1]; ++i) {
    const NeedId id = graph.dependents[i];
    const CompiledNeed& need = graph.needs[id];
    if (need.kind == NeedKind::kSoft || need.kind == NeedKind::kCached ||
        need.kind == NeedKind::kAsync) {
      continue;
    }
    std::uint32_t position = 0;
    while (graph.targets[need.first_target + position] != place) ++position;
    if (need.kind == NeedKind::kAny &&
        world.health.needs[need.state].active != position) {
      continue;
    }
    const std::uint32_t target = need.first_target + position;
    Incident& of = world.incidents[incident];
    if (restarts) world.health.cold[target] = 1;
    world.standing.push_back(
        {target, id, place, incident, of.first_standing, true});
    of.first_standing = static_cast<std::uint32_t>(world.standing.size() - 1);
    ++of.standing;
  }
}

// The place is back: each dependent that stood on it restarts in its own time,
// correlated within the incident by a Gaussian copula.
void start_standing(World& world, std::uint32_t incident, NodeId place) {
  const Incident of = world.incidents[incident];
  const CompiledFault& fault = world.model.plan.faults[of.fault];
  const double shared =
      normal_quantile(draw(world, of.key, Purpose::kRestartShared));
  for (auto i = of.first_standing; i != kNone; i = world.standing[i].next) {
    const Standing& standing = world.standing[i];
    if (standing.place != place) continue;
    if (!fault.then) {
      resolve_standing(world, i);
      continue;
    }
    const NodeId owner = world.model.graph.needs[standing.need].owner;
    const std::uint64_t key = mixed(of.key, world.node_keys[owner]);
    const double own = normal_quantile(draw(world, key, Purpose::kRestartOwn));
    const Probability u =
        correlated_uniform(shared, own, fault.then->correlation);
    schedule(world, world.now + Seconds{quantile(fault.then->takes, u)},
             {EventKind::kStandingWarm, i, 0, 0});
  }
}

void open_visibility(World& world, std::uint32_t incident) {
  const Incident& of = world.incidents[incident];
  const Visibility& visible = world.model.plan.faults[of.fault].visible;
  if (const auto* gradual = std::get_if<Gradual>(&visible)) {
    for (std::uint32_t k = 1; k <= kSteps; ++k) {
      schedule(world, world.now + gradual->over * ((k - 0.5) / kSteps),
               {EventKind::kStrengthStep, incident, k, 0});
    }
  } else if (std::holds_alternative<Intermittent>(visible)) {
    schedule(world, world.now, {EventKind::kEpisodeStarts, incident, 0, 0});
  }
}

void set_strength(World& world, std::uint32_t incident, double strength) {
  const Incident& of = world.incidents[incident];
  for (auto i = of.first_affected; i < of.first_affected + of.affected; ++i) {
    const Affected& cell = world.affected[i];
    if (cell.is != Affected::Is::kHit) continue;
    world.effects[cell.effect].strength = strength;
    refresh_strength(world, cell.effect);
  }
}

std::uint32_t open_incident(World& world, std::uint32_t fault) {
  const CompiledFault& f = world.model.plan.faults[fault];
  const auto id = static_cast<std::uint32_t>(world.incidents.size());
  Incident incident;
  incident.fault = fault;
  incident.occurrence = world.occurrences[fault]++;
  incident.key = mixed(f.key, incident.occurrence);
  incident.first_affected = static_cast<std::uint32_t>(world.affected.size());
  for (std::size_t i = 0; i < f.where.size(); ++i) {
    add_affected(world, f.where[i], mixed(incident.key, i));
  }
  incident.affected = static_cast<std::uint32_t>(world.affected.size()) -
                      incident.first_affected;
  incident.pending = incident.affected;
  incident.record = static_cast<std::uint32_t>(world.result.incidents.size());
  IncidentRecord record;
  record.fault = fault;
  record.start = stamp(world);
  world.result.incidents.push_back(record);
  world.incidents.push_back(incident);
  return id;
}

}  // namespace

void schedule_faults(World& world) {
  for (std::uint32_t i = 0; i < world.model.plan.faults.size(); ++i) {
    const CompiledTrigger& trigger = world.model.plan.faults[i].trigger;
    if (trigger.kind == CompiledTrigger::Kind::kAtTime) {
      schedule(world, trigger.at - world.model.begins,
               {EventKind::kFaultStrikes, i, 0, 0});
    } else if (trigger.kind == CompiledTrigger::Kind::kAtRate) {
      schedule_next_at_rate(world, i);
    }
  }
}

void pick_cells(World& world, const PlaceChoice& choice, std::uint64_t entity,
                Purpose purpose) {
  std::vector<std::uint32_t>& picks = world.picks;
  picks.resize(choice.nodes.size());
  std::iota(picks.begin(), picks.end(), 0U);
  if (!choice.random) return;
  // Fisher-Yates, stopped after `count`.
  Stream stream(
      {world.seed, world.index, entity, static_cast<std::uint64_t>(purpose)});
  for (std::uint32_t i = 0; i < choice.count; ++i) {
    const double left = static_cast<double>(picks.size() - i);
    const auto j = i + static_cast<std::uint32_t>(stream.next() * left);
    std::swap(picks[i], picks[j]);
  }
  picks.resize(choice.count);
  std::ranges::sort(picks);
}

void strike(World& world, std::uint32_t fault) {
  const CompiledFault& f = world.model.plan.faults[fault];
  world.cause = fault;
  if (world.trace) {
    tell(world, (f.rollout ? "change " : "fault ") + f.name + " begins");
  }
  send_traffic_back(world);
  const std::uint32_t incident = open_incident(world, fault);
  if (f.trigger.kind == CompiledTrigger::Kind::kAtRate) {
    schedule_next_at_rate(world, fault);
  }
  if (f.rollout) {
    schedule(world, world.now, {EventKind::kWaveStarts, incident, 0, 0});
  } else {
    const Incident of = world.incidents[incident];
    for (std::uint32_t i = 0; i < of.affected; ++i) {
      hit_cell(world, incident, of.first_affected + i);
    }
  }
  open_visibility(world, incident);
  if (f.ends) {
    const Seconds lasts = draw_time(
        world, *f.ends, world.incidents[incident].key, Purpose::kDuration);
    schedule(world, world.now + lasts,
             {EventKind::kIncidentEnds, incident, 0, 0});
  }
  start_detection(world, incident);
  fire_after(world, CompiledTrigger::Kind::kFaultStarted, fault);
}

void hit_cell(World& world, std::uint32_t incident, std::uint32_t affected) {
  Incident& of = world.incidents[incident];
  Affected& cell = world.affected[affected];
  if (cell.is == Affected::Is::kHit || cell.is == Affected::Is::kRestored) {
    return;
  }
  const CompiledFault& fault = world.model.plan.faults[of.fault];
  const bool at_once = std::holds_alternative<AtOnce>(fault.visible);
  cell.is = Affected::Is::kHit;
  --of.pending;
  ++of.hit;
  world.cause = of.fault;
  cell.effect = add_effect(
      world, {fault.effect, at_once ? 1.0 : 0.0, cell.node, of.fault});
  if (world.trace) {
    tell(world, node_name(world.model.graph, cell.node) + " is hit",
         fault.name);
  }
  if (tracks_standing(world, fault)) {
    note_standing(world, incident, cell.node);
  }
}

void restore_cell(World& world, std::uint32_t incident,
                  std::uint32_t affected) {
  Incident& of = world.incidents[incident];
  Affected& cell = world.affected[affected];
  if (cell.is == Affected::Is::kRestored) return;
  const bool was_hit = cell.is == Affected::Is::kHit;
  cell.is = Affected::Is::kRestored;
  world.cause = of.fault;
  if (!was_hit) {
    --of.pending;
  } else {
    --of.hit;
    remove_effect(world, cell.effect);
    if (world.trace) {
      tell(world, node_name(world.model.graph, cell.node) + " is restored");
    }
    if (of.standing == 0) note_mitigated(world, of);
    start_standing(world, incident, cell.node);
  }
  close_if_all_back(world, incident);
}

void close_if_all_back(World& world, std::uint32_t incident) {
  Incident& of = world.incidents[incident];
  if (!of.open || of.pending > 0 || of.standing > 0) return;
  // Where something stood on the place, people are served again when that is
  // back, though the place itself may stay down for longer.
  if (of.hit > 0 && of.first_standing == kNone) return;
  IncidentRecord& record = world.result.incidents[of.record];
  if (std::isnan(record.restored)) record.restored = stamp(world);
  if (of.hit == 0) close_incident(world, incident);
}

void end_incident(World& world, std::uint32_t incident) {
  if (!world.incidents[incident].open) return;
  if (world.trace) {
    tell(world,
         "fault " +
             world.model.plan.faults[world.incidents[incident].fault].name +
             " ends by itself");
  }
  halt_rollout(world, incident);
  const Incident of = world.incidents[incident];
  for (std::uint32_t i = 0; i < of.affected; ++i) {
    restore_cell(world, incident, of.first_affected + i);
  }
}

void resolve_standing(World& world, std::uint32_t standing) {
  Standing& s = world.standing[standing];
  if (!s.waiting) return;
  s.waiting = false;
  Incident& of = world.incidents[s.incident];
  --of.standing;
  note_mitigated(world, of);
  close_if_all_back(world, s.incident);
}

void standing_warm(World& world, std::uint32_t standing) {
  const Standing& s = world.standing[standing];
  const Graph& graph = world.model.graph;
  world.health.cold[s.target] = 0;
  world.cause = world.incidents[s.incident].fault;
  world.propagation.mark(graph.needs[s.need].owner);
  if (world.trace && s.waiting) {
    tell(world, node_name(graph, graph.needs[s.need].owner) + " has restarted",
         node_name(graph, s.place) + " is back");
  }
  resolve_standing(world, standing);
}

void strength_step(World& world, std::uint32_t incident, std::uint32_t step) {
  if (!world.incidents[incident].open) return;
  world.cause = world.incidents[incident].fault;
  set_strength(world, incident, static_cast<double>(step) / kSteps);
}

void episode_starts(World& world, std::uint32_t incident,
                    std::uint32_t period) {
  const Incident& of = world.incidents[incident];
  if (!of.open) return;
  const auto& law =
      std::get<Intermittent>(world.model.plan.faults[of.fault].visible);
  const double start = world.result.incidents[of.record].start;
  const double grown =
      law.over.value > 0
          ? std::min(1.0, (stamp(world) - start) / law.over.value)
          : 0;
  const double p = law.probability.value +
                   grown * (law.grows_to.value - law.probability.value);
  schedule(world, world.now + law.every,
           {EventKind::kEpisodeStarts, incident, period + 1, 0});
  if (draw(world, of.key, Purpose::kEpisode, period).value >= p) return;
  world.cause = of.fault;
  set_strength(world, incident, 1);
  schedule(world, world.now + law.lasting,
           {EventKind::kEpisodeEnds, incident, 0, 0});
}

void episode_ends(World& world, std::uint32_t incident) {
  if (world.incidents[incident].open) set_strength(world, incident, 0);
}

}  // namespace outagesim

#include "sim/engine/faults.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/engine/conditions.h"
#include "sim/engine/effects.h"
#include "sim/engine/incidents.h"
#include "sim/engine/rollouts.h"
#include "sim/engine/standing.h"
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

// To those of an incident, which begin at `first`.
void add_affected(World& world, const PlaceChoice& choice, std::uint64_t entity,
                  std::uint32_t first) {
  pick_cells(world, choice, entity, Purpose::kPlace);
  const auto before = static_cast<std::ptrdiff_t>(world.affected.size());
  for (const std::uint32_t pick : world.picks) {
    const NodeId node = choice.nodes[pick];
    const auto end = world.affected.begin() + before;
    if (choice.overlaps && std::find_if(world.affected.begin() + first, end,
                                        [&](const Affected& one) {
                                          return one.node == node;
                                        }) != end) {
      continue;
    }
    world.affected.push_back({node, kNone, {}});
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

// An incident of many cells is searched by node: looking through all of them
// for each would cost n², hours for a million cells.
void index_by_node(World& world, Incident& incident) {
  constexpr std::uint32_t kFew = 16;
  if (incident.affected <= kFew) return;
  auto& by_node = world.affected_by_node;
  incident.first_by_node = static_cast<std::uint32_t>(by_node.size());
  for (std::uint32_t i = 0; i < incident.affected; ++i) {
    const std::uint32_t affected = incident.first_affected + i;
    by_node.push_back({world.affected[affected].node, affected});
  }
  std::sort(by_node.begin() + incident.first_by_node, by_node.end());
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
    add_affected(world, f.where[i], mixed(incident.key, i),
                 incident.first_affected);
  }
  incident.affected = static_cast<std::uint32_t>(world.affected.size()) -
                      incident.first_affected;
  incident.pending = incident.affected;
  index_by_node(world, incident);
  incident.record = static_cast<std::uint32_t>(world.result.incidents.size());
  IncidentRecord record;
  record.fault = fault;
  record.start = stamp(world);
  world.last_record[fault] = incident.record;
  world.result.incidents.push_back(record);
  world.incidents.push_back(incident);
  return id;
}

}  // namespace

std::uint32_t affected_at(const World& world, const Incident& of, NodeId node,
                          Affected::Is is, Affected::Is or_is) {
  const auto fits = [&](std::uint32_t i) {
    const Affected& cell = world.affected[i];
    return cell.node == node && (cell.is == is || cell.is == or_is);
  };
  if (of.first_by_node == kNone) {
    for (auto i = of.first_affected; i < of.first_affected + of.affected; ++i) {
      if (fits(i)) return i;
    }
    return kNone;
  }
  const auto first = world.affected_by_node.begin() + of.first_by_node;
  const std::ranges::subrange all(first, first + of.affected);
  for (const AffectedAt& each :
       std::ranges::equal_range(all, node, {}, &AffectedAt::node)) {
    if (fits(each.affected)) return each.affected;
  }
  return kNone;
}

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
    note_standing(world, incident, cell);
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
    if (of.standing == 0) note_mitigated(world, incident);
    start_standing(world, incident, cell);
  }
  close_if_all_back(world, incident);
}

void close_if_all_back(World& world, std::uint32_t incident) {
  Incident& of = world.incidents[incident];
  if (!of.open || of.pending > 0 || of.standing > 0) return;
  // Where something stood on the place, people are served again when that is
  // back, though the place itself may stay down for longer.
  if (of.hit > 0 && !of.stood) return;
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

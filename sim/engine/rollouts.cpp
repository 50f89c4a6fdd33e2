#include "sim/engine/rollouts.h"

#include <algorithm>

#include "sim/engine/faults.h"

namespace outagesim {
namespace {

const CompiledRollout& rollout_of(const World& world, std::uint32_t incident) {
  return *world.model.plan.faults[world.incidents[incident].fault].rollout;
}

// Where the checked service shares cells with those changed, the worst of the
// changed ones counts; otherwise the service as a whole.
double checked_fraction(const World& world, const Incident& of,
                        ServiceId service) {
  const Graph& graph = world.model.graph;
  const CompiledService& checked = graph.services[service];
  double worst = 1;
  bool shared = false;
  for (auto i = of.first_affected; i < of.first_affected + of.affected; ++i) {
    const Affected& cell = world.affected[i];
    const Node& node = graph.nodes[cell.node];
    const bool same =
        graph.services[node.service].cells_root == checked.cells_root;
    shared = shared || same;
    if (!same || cell.is == Affected::Is::kPending) continue;
    const NodeId at = cell_of(graph, service, node.service, node.cell);
    worst = std::min(worst, world.health.served[at]);
  }
  return shared ? worst : world.health.served[checked.whole];
}

void halt_by_check(World& world, std::uint32_t incident) {
  const CompiledCheck& check = *rollout_of(world, incident).check;
  if (world.trace) tell(world, "the rollout is halted", "its health check");
  halt_rollout(world, incident);
  if (check.halt != SwitchBy::kAutomatic) return;
  const std::uint64_t key = world.incidents[incident].key;
  const Seconds takes = check.rollback ? draw_time(world, *check.rollback, key,
                                                   Purpose::kRollback)
                                       : Seconds{0};
  schedule(world, world.now + takes, {EventKind::kRolledBack, incident, 0, 0});
}

bool is_caught(World& world, std::uint32_t incident, std::uint32_t wave) {
  const auto& check = rollout_of(world, incident).check;
  if (!check) return false;
  const Incident& of = world.incidents[incident];
  const bool bad = std::ranges::any_of(check->services, [&](ServiceId service) {
    return checked_fraction(world, of, service) < check->below.value;
  });
  return bad && draw(world, of.key, Purpose::kCatches, wave).value <
                    check->catches.value;
}

}  // namespace

void wave_starts(World& world, std::uint32_t incident, std::uint32_t wave) {
  Incident& of = world.incidents[incident];
  if (!of.open || of.halted) return;
  const CompiledRollout& rollout = rollout_of(world, incident);
  const CompiledWave& w = rollout.waves[wave];
  of.wave = wave;
  if (world.trace) tell(world, "wave " + std::to_string(wave + 1) + " begins");
  pick_cells(world, w.cells, mixed(of.key, wave), Purpose::kPlace);
  const auto n = static_cast<double>(world.picks.size());
  double position = 0.5;
  for (const std::uint32_t pick : world.picks) {
    // Most cells of a wave may be none that the change hurts.
    const std::uint32_t cell =
        affected_at(world, of, w.cells.nodes[pick], Affected::Is::kPending,
                    Affected::Is::kPending);
    if (cell != kNone) {
      schedule(world, world.now + w.over * (position / n),
               {EventKind::kCellChanged, incident, cell, 0});
    }
    position += 1;
  }
  schedule(world, world.now + w.over + w.bake,
           {EventKind::kWaveBaked, incident, wave, 0});
}

void cell_changed(World& world, std::uint32_t incident,
                  std::uint32_t affected) {
  Incident& of = world.incidents[incident];
  if (of.halted || world.affected[affected].is != Affected::Is::kPending) {
    return;
  }
  const CompiledRollout& rollout = rollout_of(world, incident);
  if (!rollout.takes_effect) return hit_cell(world, incident, affected);
  world.affected[affected].is = Affected::Is::kChanged;
  const Seconds later =
      draw_time(world, *rollout.takes_effect, of.key, Purpose::kTakesEffect);
  schedule(world, world.now + later,
           {EventKind::kChangeTakesEffect, incident, affected, 0});
}

void change_takes_effect(World& world, std::uint32_t incident,
                         std::uint32_t affected) {
  hit_cell(world, incident, affected);
}

void wave_baked(World& world, std::uint32_t incident, std::uint32_t wave) {
  Incident& of = world.incidents[incident];
  if (!of.open || of.halted) return;
  if (is_caught(world, incident, wave)) return halt_by_check(world, incident);
  if (wave + 1 < rollout_of(world, incident).waves.size()) {
    wave_starts(world, incident, wave + 1);
  } else {
    halt_rollout(world, incident);  // complete: no cell is left to change
  }
}

void halt_rollout(World& world, std::uint32_t incident) {
  Incident& of = world.incidents[incident];
  if (of.halted) return;
  of.halted = true;
  const std::uint32_t first = of.first_affected, count = of.affected;
  for (std::uint32_t i = first; i < first + count; ++i) {
    if (world.affected[i].is == Affected::Is::kPending) {
      restore_cell(world, incident, i);
    }
  }
}

}  // namespace outagesim

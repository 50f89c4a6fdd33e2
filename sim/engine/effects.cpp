#include "sim/engine/effects.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/load_world.h"

namespace outagesim {
namespace {

struct Combined {
  double health = 1, served = 1, load = 1, capacity = 1, latency = 0;
  double adds = 0;  // requests a second
  bool down = false;
};

double size_of_cell(const World& world, NodeId node) {
  const Node& n = world.model.graph.nodes[node];
  const auto& sizes = world.model.graph.services[n.service].cell_sizes;
  return n.cell < sizes.size() ? sizes[n.cell] : 1;
}

void combine(const World& world, const Effect& effect, Combined& all) {
  const double s = effect.strength, amount = effect.what.amount;
  switch (effect.what.what) {
    case FaultEffect::What::kDown:
      all.health *= 1 - s;
      all.down = all.down || s >= 1;
      break;
    case FaultEffect::What::kHealth:
      all.health *= 1 - s * (1 - amount);
      break;
    case FaultEffect::What::kErrors:
      all.served *= 1 - s * amount;
      break;
    case FaultEffect::What::kLoad:
      (effect.capacity ? all.capacity : all.load) *= 1 + s * (amount - 1);
      break;
    case FaultEffect::What::kLatency:
      all.latency += s * effect.what.latency.value;
      break;
    case FaultEffect::What::kAdds:
      all.adds += s * amount *
                  std::pow(size_of_cell(world, effect.node), effect.what.power);
      break;
  }
}

Combined combined(const World& world, NodeId node) {
  Combined all;
  for (std::uint32_t i = world.first_effect[node]; i != kNone;
       i = world.effects[i].next) {
    combine(world, world.effects[i], all);
  }
  return all;
}

void release_slot(World& world, const CompiledService& service);

// A node that falls while it restarts gives its slot back.
void fall(World& world, NodeId node) {
  if (world.starts_at_once[node] != 0) return;
  RestartState& restart = world.restarts[node];
  const auto& graph = world.model.graph;
  const CompiledService& service = graph.services[graph.nodes[node].service];
  const bool had_slot = restart.is == RestartState::Is::kRamping;
  restart.is = RestartState::Is::kDown;
  restart.ramp = 0;
  restart.occasion = present_occasion(world);
  restart.cause = world.cause;
  ++restart.epoch;
  if (had_slot) release_slot(world, service);
}

void finish_restart(World& world, NodeId node) {
  RestartState& restart = world.restarts[node];
  const auto& graph = world.model.graph;
  restart.is = RestartState::Is::kUp;
  restart.ramp = 1;
  refresh_own(world, node);
  if (world.trace) tell(world, node_name(graph, node) + " has restarted");
  release_slot(world, graph.services[graph.nodes[node].service]);
}

// When a ramp reaches the middle of its k-th step, k from 1 to kSteps.
Seconds ramp_time(const Restart& restart, Seconds takes, std::uint32_t k) {
  const double level = (k - 0.5) / kSteps;
  if (restart.shape == Restart::Shape::kLinear) return takes * level;
  // Exponential: 99 % of the way after `takes`.
  return takes * (std::log1p(-level) / std::log(0.01));
}

void ramp_up(World& world, NodeId node) {
  RestartState& restart = world.restarts[node];
  const auto& graph = world.model.graph;
  const CompiledService& service = graph.services[graph.nodes[node].service];
  restart.is = RestartState::Is::kRamping;
  if (!service.restart.takes) return finish_restart(world, node);
  const Seconds takes =
      draw_time(world, *service.restart.takes, world.node_keys[node],
                Purpose::kRestart, restart.occasion);
  if (service.restart.shape == Restart::Shape::kStep) {
    schedule(world, world.now + takes,
             {EventKind::kRestartStep, node, kSteps, restart.epoch});
    return;
  }
  for (std::uint32_t k = 1; k <= kSteps; ++k) {
    schedule(world, world.now + ramp_time(service.restart, takes, k),
             {EventKind::kRestartStep, node, k, restart.epoch});
  }
}

bool may_start(const World& world, NodeId node, const CompiledService& from) {
  const auto& graph = world.model.graph;
  const Node& n = graph.nodes[node];
  return std::ranges::all_of(from.to_start_services, [&](ServiceId needed) {
    return is_up(world, cell_of(graph, needed, n.service, n.cell));
  });
}

void try_start(World& world, NodeId node) {
  RestartState& restart = world.restarts[node];
  const auto& graph = world.model.graph;
  const CompiledService& service = graph.services[graph.nodes[node].service];
  if (!may_start(world, node, service)) {
    if (restart.is == RestartState::Is::kNeedsStart) return;
    restart.is = RestartState::Is::kNeedsStart;
    world.waiting_to_start.push_back(node);
    if (world.trace) {
      tell(world, node_name(graph, node) + " cannot start",
           "what it needs to start is down");
    }
    return;
  }
  if (service.startup_limit != kNone) {
    if (world.slots_free[service.startup_limit] == 0) {
      restart.is = RestartState::Is::kNeedsSlot;
      world.slot_queue[service.startup_limit].nodes.push_back(node);
      return;
    }
    --world.slots_free[service.startup_limit];
  }
  ramp_up(world, node);
}

void release_slot(World& world, const CompiledService& service) {
  if (service.startup_limit == kNone) return;
  ++world.slots_free[service.startup_limit];
  SlotQueue& queue = world.slot_queue[service.startup_limit];
  // Entries of nodes that fell again in the meantime are passed over.
  while (queue.first_waiting < queue.nodes.size()) {
    const NodeId next = queue.nodes[queue.first_waiting++];
    if (world.restarts[next].is != RestartState::Is::kNeedsSlot) continue;
    try_start(world, next);
    return;
  }
}

void begin_restart(World& world, NodeId node) {
  RestartState& restart = world.restarts[node];
  if (restart.is != RestartState::Is::kDown) return;
  ++restart.epoch;
  try_start(world, node);
}

void unlink(World& world, std::uint32_t effect) {
  std::uint32_t* link = &world.first_effect[world.effects[effect].node];
  while (*link != effect) link = &world.effects[*link].next;
  *link = world.effects[effect].next;
}

}  // namespace

void refresh_own(World& world, NodeId node) {
  const auto& graph = world.model.graph;
  const Node& n = graph.nodes[node];
  const Combined all = combined(world, node);
  // Balanced cells share their head-room at the whole service's node.
  const bool shares_head_room =
      n.whole != node && world.health.balanced[n.service] != 0;
  const double capacity = (shares_head_room ? 1 : n.capacity) * all.capacity;
  const double health = all.health * double{world.restarts[node].ramp};
  world.health.own[node] =
      std::min(1.0, health * capacity / all.load) * all.served;
  if (world.load) {
    world.health.own[node] =
        own_under_load(world, node,
                       {health, capacity, all.load, all.served, all.adds,
                        all.down || world.restarts[node].ramp <= 0},
                       world.health.own[node]);
  }
  world.health.latency[node] = all.latency;
  world.propagation.mark(node);
  if (graph.has_timeouts) {
    for (auto i = graph.first_dependent[node];
         i < graph.first_dependent[node + 1]; ++i) {
      world.propagation.mark(graph.needs[graph.dependents[i]].owner);
    }
  }
}

std::uint32_t add_effect(World& world, const Effect& effect) {
  std::uint32_t id = world.free_effect;
  if (id == kNone) {
    id = static_cast<std::uint32_t>(world.effects.size());
    world.effects.emplace_back();
  } else {
    world.free_effect = world.effects[id].next;
  }
  world.effects[id] = effect;
  world.effects[id].next = world.first_effect[effect.node];
  world.first_effect[effect.node] = id;
  refresh_strength(world, id);
  return id;
}

void refresh_strength(World& world, std::uint32_t effect) {
  const Effect& e = world.effects[effect];
  if (e.what.what == FaultEffect::What::kDown && e.strength >= 1) {
    fall(world, e.node);
  }
  refresh_own(world, e.node);
}

void remove_effect(World& world, std::uint32_t effect) {
  const NodeId node = world.effects[effect].node;
  unlink(world, effect);
  world.effects[effect].next = world.free_effect;
  world.free_effect = effect;
  if (!combined(world, node).down) begin_restart(world, node);
  refresh_own(world, node);
}

void restart_step(World& world, NodeId node, std::uint32_t step) {
  world.cause = world.restarts[node].cause;
  if (step == kSteps) return finish_restart(world, node);
  world.restarts[node].ramp = static_cast<float>(step) / kSteps;
  refresh_own(world, node);
}

void retry_starts(World& world) {
  std::vector<NodeId>& waiting = world.waiting_to_start;
  world.may_start = false;
  const std::size_t before = waiting.size();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < before; ++i) {
    const NodeId node = waiting[i];
    if (world.restarts[node].is != RestartState::Is::kNeedsStart) continue;
    try_start(world, node);
    if (world.restarts[node].is == RestartState::Is::kNeedsStart) {
      waiting[kept++] = node;
    }
  }
  waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(kept),
                waiting.begin() + static_cast<std::ptrdiff_t>(before));
}

}  // namespace outagesim

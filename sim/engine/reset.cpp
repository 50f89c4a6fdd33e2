#include "sim/engine/reset.h"

#include <algorithm>

#include "models/base/text.h"
#include "sim/engine/caches.h"
#include "sim/engine/conditions.h"

namespace outagesim {
namespace {

void watch_node(World& world, NodeId node, Watch why) {
  if (node != kNone) world.watch[node] |= why;
}

void watch_service(World& world, const CompiledService& service, Watch why) {
  watch_node(world, service.whole, why);
  for (const NodeId cell : service.cells) watch_node(world, cell, why);
}

void watch_graph(World& world) {
  const Graph& graph = world.model.graph;
  for (const NeedId need : graph.stateful) {
    const CompiledNeed& n = graph.needs[need];
    for (std::uint32_t i = 0; i < n.targets; ++i) {
      world.watch[graph.targets[n.first_target + i]] |= kWatchState;
    }
  }
  for (const CompiledService& service : graph.services) {
    world.watch[service.whole] |= kWatchWhole;
    for (const ServiceId needed : service.to_start_services) {
      watch_service(world, graph.services[needed], kWatchStart);
    }
  }
  for (const ServiceId product : world.model.products) {
    world.watch[graph.services[product].whole] |= kWatchProduct;
  }
}

void watch_plan(World& world) {
  const Plan& plan = world.model.plan;
  for (const CompiledFault& fault : plan.faults) {
    watch_node(world, fault.trigger.node, kWatchCondition);
  }
  list_watchers(world);
  for (const CompiledResponse& response : plan.responses) {
    for (const CompiledSignal& signal : response.detect) {
      watch_node(world, signal.through, kWatchSignal);
      world.crowd_is_heard = world.crowd_is_heard || signal.reports.has_value();
    }
  }
  for (const CompiledRemedy& remedy : plan.remedies) {
    for (const LockOut& lock : remedy.lock_outs) {
      watch_service(world, world.model.graph.services[lock.service],
                    kWatchLock);
    }
  }
  if (plan.communication) {
    watch_node(world, plan.communication->page, kWatchPage);
  }
}

// A cell is known by its name, so that adding one renumbers no draw.
std::uint64_t key_of_node(const Graph& graph, const Node& node) {
  const CompiledService& service = graph.services[node.service];
  if (node.cell == kNone || service.cells.size() == 1) return service.key;
  return mixed(service.key, name_hash(service.cell_names[node.cell]));
}

void clear_lists(World& world) {
  world.effects.clear();
  world.free_effect = kNone;
  world.waiting_to_start.clear();
  world.incidents.clear();
  world.affected.clear();
  world.affected_by_node.clear();
  world.standing.clear();
  world.listening.clear();
  world.barred.clear();
  world.drains.clear();
  world.joined.clear();
  world.signals.clear();
  world.runs.clear();
  world.work.clear();
  world.tasks.clear();
  world.words.clear();
  for (SlotQueue& queue : world.slot_queue) {
    queue.first_waiting = 0;
    queue.nodes.clear();
  }
}

void clear_result(World& world) {
  Replication& result = world.result;
  result.index = world.index;
  result.outages.clear();
  result.incidents.clear();
  result.steps.clear();
  std::ranges::fill(result.products, ProductRecord{});
  std::ranges::fill(result.populations, PopulationRecord{});
  std::ranges::fill(result.fell, std::uint8_t{0});
  std::ranges::fill(result.failed_time, 0.0);
  result.users_peak_share = 0;
  result.first_word = kNever;
  result.first_detected = kNever;
  result.events = 0;
  result.endless = false;
  result.abandoned = false;
}

}  // namespace

void prepare(World& world) {
  const Model& model = world.model;
  const std::size_t nodes = model.graph.nodes.size();
  world.watch.assign(nodes, 0);
  watch_graph(world);
  watch_plan(world);
  for (const Node& node : model.graph.nodes) {
    world.node_keys.push_back(key_of_node(model.graph, node));
  }
  for (const Node& node : model.graph.nodes) {
    const CompiledService& service = model.graph.services[node.service];
    world.starts_at_once.push_back(!service.restart.takes &&
                                   service.startup_limit == kNone &&
                                   service.to_start_services.empty());
  }
  world.first_effect.resize(nodes);
  world.restarts.resize(nodes);
  world.slots_free.resize(model.plan.startup_at_once.size());
  world.slot_queue.resize(model.plan.startup_at_once.size());
  world.teams.resize(model.plan.teams.size());
  world.occurrences.resize(model.plan.faults.size());
  world.last_record.resize(model.plan.faults.size());
  world.conditions.resize(model.plan.faults.size());
  world.failures.resize(model.plan.processes.size() +
                        model.plan.common_causes.size());
  world.draws.resize(model.plan.processes.size());
  world.drives.resize(model.graph.stateful.size());
  prepare_caches(world);
  world.products.resize(model.products.size());
  world.unmeasured.resize(model.products.size());
  world.harms.resize(model.populations.size());
  world.crowds.resize(model.populations.size());
  world.result.products.resize(model.products.size());
  world.result.populations.resize(model.populations.size());
  world.result.failed_time.resize(model.plan.processes.size());
  world.result.fell.resize(model.graph.services.size());
  world.load = make_load(model);
  world.end = model.horizon - model.begins;
  world.plain = plain_processes(model);
}

void reset(World& world) {
  const Plan& plan = world.model.plan;
  world.health = world.model.initial;
  world.queue.clear();
  world.now = {0};
  world.cause = kNone;
  clear_lists(world);
  std::ranges::fill(world.first_effect, kNone);
  std::ranges::fill(world.restarts, RestartState{});
  std::ranges::copy(plan.startup_at_once, world.slots_free.begin());
  for (std::size_t i = 0; i < plan.teams.size(); ++i) {
    world.teams[i].free = plan.teams[i].responders;
    world.teams[i].first_waiting = 0;
    world.teams[i].queue.clear();
  }
  std::ranges::fill(world.occurrences, 0U);
  std::ranges::fill(world.conditions, ConditionState{});
  std::ranges::fill(world.failures, 0U);
  std::ranges::fill(world.draws, ProcessDraws{});
  world.may_start = world.locks_moved = false;
  std::ranges::fill(world.drives, NeedDrive{});
  std::ranges::fill(world.unmeasured, std::uint8_t{0});
  clear_result(world);
}

}  // namespace outagesim

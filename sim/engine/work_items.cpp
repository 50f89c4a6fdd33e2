#include "sim/engine/work_items.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/effects.h"
#include "sim/engine/faults.h"
#include "sim/engine/incidents.h"
#include "sim/engine/load_world.h"
#include "sim/engine/switching.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

// What the remedy would act on at this position of its list; kNone: nothing.
std::uint32_t thing_at(const World& world, const RemedyRun& run,
                       std::uint32_t position) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  const What what = remedy.effect.what;
  if (what == What::kTraffic || what == What::kFlush) return 0;
  if (what == What::kDrop) return remedy.needs[position];
  if (what == What::kSwitch) {
    const NeedId id = remedy.needs[position];
    const CompiledNeed& need = world.model.graph.needs[id];
    const double enough =
        world.model.graph.need_laws[need.law].switch_below.value;
    const double now = reach(world.model.graph, world.health, need);
    return now < enough ? id : kNone;
  }
  return affected_at(world, world.incidents[run.incident],
                     remedy.cells[position], Affected::Is::kHit,
                     Affected::Is::kChanged);
}

void shuffle(World& world, const RemedyRun& run) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  Stream stream({world.seed, world.index,
                 mixed(world.incidents[run.incident].key, remedy.key),
                 static_cast<std::uint64_t>(Purpose::kRemedyOrder)});
  for (std::uint32_t i = run.cells; i > 1; --i) {
    const auto j = static_cast<std::uint32_t>(stream.next() * double(i));
    std::swap(world.work[run.first_cell + i - 1],
              world.work[run.first_cell + j]);
  }
}

void change_own(World& world, const RemedyRun& run, WorkItem& item) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  Effect effect;
  effect.what = {FaultEffect::What::kLoad, remedy.effect.amount, Seconds{0}};
  effect.capacity = remedy.effect.what == What::kCapacity;
  effect.node = item.node;
  effect.cause = world.incidents[run.incident].fault;
  item.effect = add_effect(world, effect);
  note_mitigated(world, run.incident);
}

void balance(World& world, NodeId whole, bool on) {
  const ServiceId service = world.model.graph.nodes[whole].service;
  world.health.balanced[service] = on ? 1 : 0;
  for (const NodeId cell : world.model.graph.services[service].cells) {
    refresh_own(world, cell);
  }
  world.propagation.mark(whole);
}

void drop(World& world, NeedId need, bool on) {
  world.health.dropped[need] = on ? 1 : 0;
  world.propagation.mark(world.model.graph.needs[need].owner);
}

}  // namespace

void list_work(World& world, RemedyRun& run) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  run.first_cell = static_cast<std::uint32_t>(world.work.size());
  for (std::uint32_t i = 0; i < remedy.cells.size(); ++i) {
    const std::uint32_t thing = thing_at(world, run, i);
    if (thing != kNone) world.work.push_back({remedy.cells[i], thing});
  }
  run.cells = static_cast<std::uint32_t>(world.work.size()) - run.first_cell;
  if (remedy.random_order) shuffle(world, run);
  run.cells = std::min(run.cells, remedy.at_most);
  world.work.resize(run.first_cell + run.cells);
}

void act(World& world, std::uint32_t id, std::uint32_t item_id) {
  const RemedyRun run = world.runs[id];
  WorkItem& item = world.work[item_id];
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  item.done = true;
  world.cause = world.incidents[run.incident].fault;
  if (world.trace) {
    tell(world, "remedy " + remedy.name + " reaches " +
                    node_name(world.model.graph, item.node));
  }
  switch (remedy.effect.what) {
    case What::kRepair:
    case What::kUndo:
      return restore_cell(world, run.incident, item.thing);
    case What::kSwitch:
      return turn(world, item.thing);
    case What::kDrop:
      drop(world, item.thing, true);
      return note_mitigated(world, run.incident);
    case What::kTraffic:
      world.drains.push_back(id);
      return balance(world, item.node, true);
    case What::kFlush:
      flush_under_load(world, item.node);
      return note_mitigated(world, run.incident);
    case What::kLoad:
    case What::kCapacity:
      return change_own(world, run, item);
  }
}

void take_back(World& world, const RemedyRun& run) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  for (auto i = run.first_cell; i < run.first_cell + run.cells; ++i) {
    WorkItem& item = world.work[i];
    if (!item.done || remedy.effect.what == What::kTraffic) continue;
    item.done = false;
    if (item.effect != kNone) remove_effect(world, item.effect);
    item.effect = kNone;
    if (remedy.effect.what == What::kDrop) drop(world, item.thing, false);
  }
}

void send_traffic_back(World& world) {
  const Graph& graph = world.model.graph;
  const auto goes_back = [&](std::uint32_t id) {
    const RemedyRun& run = world.runs[id];
    if (world.incidents[run.incident].open) return false;
    const NodeId node = world.work[run.first_cell].node;
    const ServiceId service = graph.nodes[node].service;
    if (graph.services[service].routing == Routing::kPartitioned) {
      balance(world, node, false);
    }
    return true;
  };
  std::erase_if(world.drains, goes_back);
}

}  // namespace outagesim

#include "sim/engine/work_items.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/effects.h"
#include "sim/engine/faults.h"
#include "sim/engine/switching.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

// The affected cell of the incident at this node that is down, or kNone.
std::uint32_t hit_at(const World& world, const Incident& of, NodeId node) {
  for (auto i = of.first_affected; i < of.first_affected + of.affected; ++i) {
    const Affected& cell = world.affected[i];
    if (cell.node == node &&
        (cell.is == Affected::Is::kHit || cell.is == Affected::Is::kChanged)) {
      return i;
    }
  }
  return kNone;
}

// What the remedy would act on at this position of its list; kNone: nothing.
std::uint32_t thing_at(const World& world, const RemedyRun& run,
                       std::uint32_t position) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  const What what = remedy.effect.what;
  if (what == What::kTraffic) return 0;
  if (what == What::kDrop) return remedy.needs[position];
  if (what == What::kSwitch) {
    const NeedId id = remedy.needs[position];
    const CompiledNeed& need = world.model.graph.needs[id];
    const double enough =
        world.model.graph.need_laws[need.law].switch_below.value;
    const double now = reach(world.model.graph, world.health, need);
    return now < enough ? id : kNone;
  }
  return hit_at(world, world.incidents[run.incident], remedy.cells[position]);
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

void note_mitigated(World& world, const RemedyRun& run) {
  IncidentRecord& record =
      world.result.incidents[world.incidents[run.incident].record];
  if (std::isnan(record.mitigated)) record.mitigated = stamp(world);
}

void change_own(World& world, const RemedyRun& run, WorkItem& item) {
  const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
  Effect effect;
  effect.what = {FaultEffect::What::kLoad, remedy.effect.amount, Seconds{0}};
  effect.capacity = remedy.effect.what == What::kCapacity;
  effect.node = item.node;
  effect.cause = world.incidents[run.incident].fault;
  item.effect = add_effect(world, effect);
  note_mitigated(world, run);
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
      return note_mitigated(world, run);
    case What::kTraffic:
      return balance(world, item.node, true);
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
  if (!world.has_drains) return;
  const Graph& graph = world.model.graph;
  for (const RemedyRun& run : world.runs) {
    const CompiledRemedy& remedy = world.model.plan.remedies[run.remedy];
    if (remedy.effect.what != What::kTraffic || run.cells == 0) continue;
    WorkItem& item = world.work[run.first_cell];
    if (!item.done || world.incidents[run.incident].open) continue;
    item.done = false;
    const ServiceId service = graph.nodes[item.node].service;
    if (graph.services[service].routing == Routing::kPartitioned) {
      balance(world, item.node, false);
    }
  }
}

}  // namespace outagesim

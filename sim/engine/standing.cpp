#include "sim/engine/standing.h"

#include <algorithm>
#include <cmath>

#include "models/base/normal.h"
#include "sim/engine/faults.h"
#include "sim/engine/incidents.h"

namespace outagesim {
namespace {

void add_standing(World& world, Standing standing) {
  const std::uint32_t state = world.model.graph.needs[standing.need].state;
  if (state != kNone) {
    standing.next_of_need = world.drives[state].standing;
    world.drives[state].standing =
        static_cast<std::uint32_t>(world.standing.size());
  }
  Incident& of = world.incidents[standing.incident];
  of.stood = true;
  ++of.standing;
  world.standing.push_back(standing);
}

}  // namespace

bool tracks_standing(const World& world, const CompiledFault& fault) {
  return fault.then || std::ranges::any_of(fault.remedies, [&](auto remedy) {
           return world.model.plan.remedies[remedy].effect.what ==
                  RemedyEffect::What::kSwitch;
         });
}

void note_standing(World& world, std::uint32_t incident, Affected& cell) {
  const Graph& graph = world.model.graph;
  const NodeId place = cell.node;
  const bool restarts =
      world.model.plan.faults[world.incidents[incident].fault].then.has_value();
  cell.first_standing = static_cast<std::uint32_t>(world.standing.size());
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
    if (restarts) world.health.cold[target] = 1;
    add_standing(world, {target, id, place, incident});
    ++cell.standing;
  }
}

void start_standing(World& world, std::uint32_t incident, Affected cell) {
  if (cell.standing == 0) return;
  const Incident of = world.incidents[incident];
  const CompiledFault& fault = world.model.plan.faults[of.fault];
  const double shared =
      normal_quantile(draw(world, of.key, Purpose::kRestartShared));
  for (auto i = cell.first_standing + cell.standing;
       i-- > cell.first_standing;) {
    if (!fault.then) {
      resolve_standing(world, i);
      continue;
    }
    const NodeId owner = world.model.graph.needs[world.standing[i].need].owner;
    const std::uint64_t key = mixed(of.key, world.node_keys[owner]);
    const double own = normal_quantile(draw(world, key, Purpose::kRestartOwn));
    const Probability u =
        correlated_uniform(shared, own, fault.then->correlation);
    schedule(world, world.now + Seconds{quantile(fault.then->takes, u)},
             {EventKind::kStandingWarm, i, 0, 0});
  }
}

void resolve_standing(World& world, std::uint32_t standing) {
  Standing& s = world.standing[standing];
  if (!s.waiting) return;
  s.waiting = false;
  Incident& of = world.incidents[s.incident];
  --of.standing;
  note_mitigated(world, s.incident);
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

}  // namespace outagesim

#include "sim/engine/backlogs.h"

#include <algorithm>

namespace outagesim {

void async_target_changed(World& world, NeedId id) {
  const CompiledNeed& need = world.model.graph.needs[id];
  NeedDrive& drive = world.drives[need.state];
  const double pace = world.model.graph.need_laws[need.law].drain - 1;
  const double elapsed = (world.now - drive.since).value;
  // In seconds of this need's own arrivals: grows with the share that cannot
  // be handed over, shrinks while the target drains faster than they come.
  drive.backlog += elapsed * (drive.level > 0 ? drive.level : -pace);
  drive.backlog = std::max(0.0, drive.backlog);
  drive.since = world.now;
  drive.level = 1 - reach(world.model.graph, world.health, need);
  drive.cause = world.cause;
  ++drive.epoch;
  world.health.needs[need.state].backlog = drive.level > 0 || drive.backlog > 0;
  world.propagation.mark(need.owner);
  if (drive.level == 0 && drive.backlog > 0) {
    schedule(world, world.now + Seconds{drive.backlog / pace},
             {EventKind::kBacklogDrained, need.state, 0, drive.epoch});
  }
}

void backlog_drained(World& world, std::uint32_t state) {
  const Graph& graph = world.model.graph;
  world.drives[state].backlog = 0;
  world.drives[state].since = world.now;
  world.health.needs[state].backlog = false;
  world.cause = world.drives[state].cause;
  world.propagation.mark(graph.needs[graph.stateful[state]].owner);
}

}  // namespace outagesim

// Load within a replication: what happens to the system is told to the load
// flow, and what the flow serves is told to propagation. A scenario that says
// nothing of load has no LoadInWorld, and pays one check for it.
#pragma once

#include "models/compiled/compile.h"
#include "sim/engine/load_in_world.h"

namespace outagesim {

struct World;

// What effects and restart make of a node, before load.
struct NodeBearing {
  double health = 1;    // share of its capacity
  double capacity = 1;  // times this
  double demand = 1;
  double served = 1;  // 1 - errors
  double adds = 0;    // requests a second more, for each unit of …
  bool down = false;
};

void start_load(World& world);
// The node's own factor under load. Precondition: the world has load.
double own_under_load(World& world, NodeId node, const NodeBearing& bearing,
                      double own);
// Notes whether any of the nodes that have changed keeps a cache.
void note_changed(World& world);
// Spreads what propagation has changed into the flow and back. Returns whether
// propagation has to settle again.
bool settle_load(World& world);
// The node's queue is lost, and its callers' retries: see flush_calls().
void flush_under_load(World& world, NodeId node);
// The flow's own next event.
void load_event(World& world);

}  // namespace outagesim

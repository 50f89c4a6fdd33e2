// Load within a replication: what happens to the system is told to the load
// flow, and what the flow serves is told to propagation. A scenario that says
// nothing of load has no LoadInWorld, and pays one check for it.
#pragma once

#include <memory>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/load_record.h"

namespace outagesim {

struct World;

struct LoadInWorld {
  LoadInWorld(const LoadNet& net, const std::vector<Clock>& clocks)
      : state(net, clocks) {}

  LoadState state;
  NodeSet recheck{0};                 // stations: what they need has moved
  std::vector<std::uint32_t> cached;  // streams with a cache
  std::vector<std::vector<std::uint32_t>> calls_of;  // callers, by station
  std::vector<std::uint32_t> stream_of;              // by caller
  std::vector<double> own;  // by station: own factor but for load
  std::vector<std::vector<LoadedEntry>> entries_of;  // by stream
  std::vector<std::uint32_t> fallen;      // by station: its effect, or kNone
  std::vector<std::uint32_t> causes;      // by station: of its last input
  std::vector<std::uint8_t> keeps_cache;  // by node
  std::uint32_t epoch = 0;                // of the next event
  bool moved = false;  // something has changed since the last
  int rounds = 0;      // of settling at this instant
  Seconds settled_at{-1};
  LoadRecord* record = nullptr;  // filled if not null
};

// What effects and restart make of a node, before load.
struct NodeBearing {
  double health = 1;    // share of its capacity
  double capacity = 1;  // times this
  double demand = 1;
  double served = 1;  // 1 - errors
  double adds = 0;    // requests a second more, for each unit of …
  bool down = false;
};

// Null where the model has no load. The model must outlive it.
std::unique_ptr<LoadInWorld> make_load(const Model& model);
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

// The state of the system at one moment, as propagation keeps it.
#pragma once

#include <cstdint>
#include <vector>

#include "models/compiled/model.h"

namespace outagesim {

// What changes about a stateful need (cached, any, async) while time passes.
struct NeedState {
  double expired = 0;        // cached: share of entries that have run out
  double residual = 0;       // cached: share still failing after recovery
  std::uint32_t active = 0;  // any: index of the active alternative
  bool switching = false;    // any: between two alternatives, none serves
  bool backlog = false;      // async: work is waiting, or cannot be handed over
};

// The state of the system at one moment. All arrays are sized by the graph.
struct Health {
  std::vector<double> own;             // a node's own factor, in [0, 1]
  std::vector<double> latency;         // s, a node's added latency
  std::vector<std::uint8_t> cold;      // by target entry: awaits a restart
  std::vector<std::uint8_t> dropped;   // by need: no longer made
  std::vector<std::uint8_t> balanced;  // by service: requests go to any cell
  std::vector<NeedState> needs;
  std::vector<double> served;  // s of each node
  std::vector<double> full;    // share of the served that is not degraded

  // By target entry: success of its calls as the load flow has it, which takes
  // the place of the target's answer; NaN: none. Empty without load.
  std::vector<double> calls;

  // Kept by Propagation; empty unless the graph has sticky services (first two)
  // or time-outs.
  std::vector<double> rest;           // see sticky.h
  std::vector<std::uint8_t> counted;  // by Graph::roots entry
  std::vector<double> seen_latency;   // s, that settle() has passed on
};

// All parts healthy, every first alternative active; served and full settled.
Health healthy(const Graph& graph);

}  // namespace outagesim

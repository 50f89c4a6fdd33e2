// What a failed part does to its neighbours: the served fraction of every node
// given the state of the whole system, kept up to date incrementally. Circles
// are recomputed from 1 whenever an event touches them, so that recovery is
// found as surely as failure; everything else in topological order, only as far
// as something changes. Definitions: docs/model.md.
#pragma once

#include <cstdint>
#include <span>
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
};

// All parts healthy, every first alternative active; served and full settled.
Health healthy(const Graph& graph);

// Keeps `served` and `full` true after changes. Marks are cheap; settle() does
// the work, in topological order, and calls nothing back: what changed is read
// from changed(). No allocation once warmed. Memory O(nodes).
class Propagation {
 public:
  explicit Propagation(const Graph& graph);

  // The node's own factor, or one of its needs' states, has changed.
  void mark(NodeId node);
  // Recomputes what the marks reach. Cost: nodes reached × (needs + log).
  void settle(Health& health);
  // Nodes whose served or full changed since clear_changed(), without repeats,
  // in the order first changed.
  std::span<const NodeId> changed() const { return changed_; }
  void clear_changed();

 private:
  const Graph& graph_;
  std::vector<NodeId> heap_;         // dirty nodes, lowest id first
  std::vector<std::uint8_t> dirty_;  // by node
  std::vector<NodeId> changed_;
  std::vector<std::uint8_t> is_changed_;
};

// The served fraction a need passes on: success of the call, in [0, 1].
double reach(const Graph& graph, const Health& health,
             const CompiledNeed& need);

}  // namespace outagesim

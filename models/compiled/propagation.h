// What a failed part does to its neighbours: the served fraction of every node
// given the state of the whole system, kept up to date incrementally. Circles
// are recomputed from 1 whenever an event touches them, so that recovery is
// found as surely as failure; everything else in topological order, only as far
// as something changes. Definitions: docs/model.md.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/compiled/circle_walk.h"
#include "models/compiled/health.h"
#include "models/compiled/model.h"
#include "models/compiled/need_factor.h"
#include "models/compiled/node_set.h"

namespace outagesim {

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
  // Keeps note of all that is recomputed, whether it changes or not.
  void note_settled() { notes_settled_ = true; }
  // Nodes recomputed since clear_settled(), some more than once.
  std::span<const NodeId> settled() const { return settled_; }
  void clear_settled() { settled_.clear(); }

 private:
  void settle_node(Health& health, NodeId node);
  void settle_circle(Health& health, const Circle& circle);
  bool store(Health& health, NodeId node, Answer answer);
  void pass_on(Health& health, NodeId node, bool moved);
  void mark_beyond(NodeId node);

  const Graph& graph_;
  NodeSet dirty_;  // of a circle, its first node stands for all
  std::vector<NodeId> changed_;
  std::vector<std::uint8_t> is_changed_;  // by node
  std::vector<NodeId> settled_;
  bool notes_settled_ = false;
  CircleWalk circle_walk_;
  std::vector<Answer> circle_answers_;
};

// The served fraction a need passes on: success of the call, in [0, 1].
double reach(const Graph& graph, const Health& health,
             const CompiledNeed& need);

}  // namespace outagesim

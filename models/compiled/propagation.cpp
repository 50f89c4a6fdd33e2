#include "models/compiled/propagation.h"

#include <algorithm>

#include "models/compiled/sticky.h"

namespace outagesim {
namespace {

Answer mean_of_cells(const Graph& graph, const Health& health, NodeId whole) {
  double served = 0, full = 0;
  for (const NodeId cell : graph.services[graph.nodes[whole].service].cells) {
    const double part = graph.nodes[cell].weight * health.served[cell];
    served += part;
    full += part * health.full[cell];
  }
  return {routed(graph, health, whole, served), served > 0 ? full / served : 1};
}

// A hard need of one target whose answer is taken as it stands.
bool is_plain(const CompiledNeed& need) {
  return need.kind == NeedKind::kHard && need.law == kNone;
}

// What NeedReader::factor comes to for a plain need without load. Most needs
// are: 26 December takes 347,000 instructions instead of 353,000 (the engine
// alone, -O1).
Answer plain_factor(const Graph& graph, const Health& health,
                    const CompiledNeed& need) {
  if (health.cold[need.first_target]) return {pass(need.share, 0), 1};
  const NodeId target = graph.targets[need.first_target];
  return {pass(need.share, health.served[target]),
          pass(need.share, health.full[target])};
}

// The needs [first, last) of a node on top of `answer`.
Answer with_needs(const Graph& graph, const Health& health, NeedId first,
                  NeedId last, Answer answer) {
  const SettledAnswer settled{health};
  const NeedReader reader(graph, health, settled);
  for (NeedId id = first; id < last; ++id) {
    if (!health.dropped[id]) answer *= reader.factor(graph.needs[id]);
  }
  return answer;
}

// Plain needs in a loop of their own, whose numbers stay in registers: in one
// with all kinds they went through memory, at twice the time.
Answer own_and_needs(const Graph& graph, const Health& health, NodeId node) {
  double served = health.own[node];
  double full = 1;
  NeedId id = graph.nodes[node].first_need;
  const NeedId last = id + graph.nodes[node].needs;
  if (!health.calls.empty()) {
    return with_needs(graph, health, id, last, {served, full});
  }
  for (; id < last && is_plain(graph.needs[id]); ++id) {
    if (health.dropped[id]) continue;
    const Answer factor = plain_factor(graph, health, graph.needs[id]);
    served *= factor.served;
    full *= factor.full;
  }
  return id == last ? Answer{served, full}
                    : with_needs(graph, health, id, last, {served, full});
}

Answer answer_of(const Graph& graph, Health& health, NodeId node, bool& moved) {
  const bool whole = has_cells(graph, node);
  if (graph.sticky.empty()) {
    return whole ? mean_of_cells(graph, health, node)
                 : own_and_needs(graph, health, node);
  }
  return whole ? sticky_whole(graph, health, node, moved)
               : sticky_answer(graph, health, node, moved);
}

}  // namespace

Propagation::Propagation(const Graph& graph)
    : graph_(graph),
      dirty_(graph.nodes.size()),
      is_changed_(graph.nodes.size(), 0),
      circle_walk_(graph) {}

void Propagation::mark(NodeId node) {
  dirty_.insert(settled_with(graph_, node));
}

void Propagation::settle(Health& health) {
  while (!dirty_.empty()) {
    const NodeId node = dirty_.take_lowest();
    const std::uint32_t circle = graph_.nodes[node].circle;
    if (circle == kNone) {
      settle_node(health, node);
    } else {
      settle_circle(health, graph_.circles[circle]);
    }
  }
}

void Propagation::clear_changed() {
  for (const NodeId node : changed_) {
    is_changed_[node] = 0;
  }
  changed_.clear();
}

void Propagation::settle_node(Health& health, NodeId node) {
  if (notes_settled_) settled_.push_back(node);
  bool moved = false;
  const Answer answer = answer_of(graph_, health, node, moved);
  moved = store(health, node, answer) || moved;
  pass_on(health, node, moved);
}

void Propagation::settle_circle(Health& health, const Circle& circle) {
  circle_walk_.answer_all(health, circle, circle_answers_);
  for (NodeId node = circle.first; node < circle.last; ++node) {
    if (notes_settled_) settled_.push_back(node);
    const Answer answer = circle_answers_[node - circle.first];
    bool moved = store(health, node, answer);
    if (!graph_.sticky.empty()) {
      moved =
          keep_sticky_in_circle(graph_, health, node, answer.served) || moved;
    }
    pass_on(health, node, moved);
  }
}

// Whether the answer differs from the one before.
bool Propagation::store(Health& health, NodeId node, Answer answer) {
  if (answer.served == health.served[node] &&
      answer.full == health.full[node]) {
    return false;
  }
  health.served[node] = answer.served;
  health.full[node] = answer.full;
  if (!is_changed_[node]) {
    is_changed_[node] = 1;
    changed_.push_back(node);
  }
  return true;
}

// What has not moved is passed on to nobody: 26 December takes 347,000
// instructions instead of 376,000, 11 December 72.6 M instead of 80.9 M. With
// time-outs a new latency matters though the answer is the same, and so
// do the cells behind a whole: which of them are late is asked by those who
// need it.
void Propagation::pass_on(Health& health, NodeId node, bool moved) {
  if (graph_.has_timeouts) {
    moved = moved || has_cells(graph_, node) ||
            health.seen_latency[node] != health.latency[node];
    health.seen_latency[node] = health.latency[node];
  }
  if (moved) {
    mark_beyond(node);
  }
}

// Marks all that depends on the node, but for its own circle, just settled.
void Propagation::mark_beyond(NodeId node) {
  const NodeId self = settled_with(graph_, node);
  const auto mark_other = [&](NodeId dependent) {
    if (dependent != self) {
      dirty_.insert(dependent);
    }
  };
  for (std::uint32_t i = graph_.first_dependent[node];
       i < graph_.first_dependent[node + 1]; ++i) {
    mark_other(graph_.to_settle[i]);
  }
  if (is_one_cell(graph_, node)) {
    mark_other(settled_with(graph_, whole_of(graph_, node)));
  }
  if (!graph_.root_watches.empty()) {
    const auto watches = std::ranges::equal_range(graph_.root_watches, node, {},
                                                  &RootWatch::root);
    for (const RootWatch& watch : watches) {
      mark_other(settled_with(graph_, watch.watcher));
    }
  }
}

double reach(const Graph& graph, const Health& health,
             const CompiledNeed& need) {
  const SettledAnswer settled{health};
  return NeedReader(graph, health, settled).success(need).served;
}

}  // namespace outagesim

// The graph as the engine runs on it: indices instead of names, flat read-only
// arrays. A node is one cell of a service, or the whole of a service that has
// several. Node ids follow a topological order: what a node needs has a lower
// id, unless both are in one circle; the nodes of a circle are neighbours.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "models/base/units.h"
#include "models/parts/service.h"

namespace outagesim {

using NodeId = std::uint32_t;
using NeedId = std::uint32_t;
using ServiceId = std::uint32_t;
inline constexpr std::uint32_t kNone =
    std::numeric_limits<std::uint32_t>::max();

struct Node {
  ServiceId service = 0;
  std::uint32_t cell = kNone;  // from 0; kNone: the whole of several cells
  NodeId whole = 0;            // of its service; itself if there is one cell
  double weight = 1;           // share of the service's size
  double capacity = 1;         // 1 + head-room, in units of usual demand
  NeedId first_need = 0;       // its needs that bear on serving:
  std::uint32_t needs = 0;     // [first_need, first_need + needs)
  std::uint32_t circle = kNone;
};

// A need that bears on serving: hard, soft, cached, any, quorum or async.
// Only needs with a time-out or a state keep what the author wrote.
struct CompiledNeed {
  NodeId owner = 0;
  std::uint32_t first_target = 0;  // into Graph::targets
  std::uint32_t targets = 0;
  std::uint32_t state = kNone;  // its NeedState, for those that have one
  std::uint32_t law = kNone;    // into Graph::need_laws
  NeedKind kind = NeedKind::kHard;
  double share = 1;
  std::uint32_t at_least = 1;
  std::uint64_t law_key = 0;  // name_hash of the need's name
};

struct CompiledService {
  std::string name;
  std::string label;
  std::uint64_t key = 0;  // name_hash(name)
  ServiceKind kind = ServiceKind::kService;
  Routing routing = Routing::kPartitioned;
  bool sticky = false;
  NodeId whole = 0;           // the node that stands for the service
  std::vector<NodeId> cells;  // ascending by cell number; {whole} if one
  std::vector<std::string> cell_names;
  std::vector<double> cell_sizes;  // as the author gave them
  ServiceId cells_root = 0;        // services with one root share their cells
  Restart restart;
  std::uint32_t startup_limit = kNone;
  std::vector<NodeId> to_start;  // whole nodes, or cells where shared, see
  std::vector<ServiceId> to_start_services;  // cell_of()
  std::vector<ServiceId> to_observe;
};

// Nodes [first, last) that reach one another by needs that bear on serving.
struct Circle {
  NodeId first = 0;
  NodeId last = 0;
  std::uint32_t depth = 0;  // to which tolerant needs are followed, see
};  // circle_walk.h

// `watcher` divides by the factor of the sticky whole `root`, see sticky.h.
struct RootWatch {
  NodeId root = 0;
  NodeId watcher = 0;
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<CompiledNeed> needs;  // grouped by owner
  std::vector<NodeId> targets;
  std::vector<std::uint32_t> first_dependent;  // nodes + 1, into dependents
  std::vector<NeedId> dependents;  // the needs that have the node as a target
  std::vector<NodeId> to_settle;   // by dependent: its owner, or the first node
                                   // of the owner's circle
  std::vector<NeedId> stateful;    // need of each NeedState
  std::vector<Need> need_laws;     // what the author wrote, one a declaration
  std::vector<CompiledService> services;  // in the author's order
  std::vector<Circle> circles;
  std::vector<ServiceId> sticky;  // services whose failing part is sticky
  std::vector<std::uint32_t> first_root;  // nodes + 1, into roots; empty where
  std::vector<NodeId> roots;              // nothing is sticky, see sticky.h
  std::vector<RootWatch> root_watches;    // by root
  bool has_timeouts = false;              // whether latency matters at all
};

// The needs of a cell that bear on serving, and the targets of one of them.
inline std::span<const CompiledNeed> needs_of(const Graph& graph, NodeId node) {
  return {graph.needs.data() + graph.nodes[node].first_need,
          graph.nodes[node].needs};
}
inline std::span<const NodeId> targets_of(const Graph& graph,
                                          const CompiledNeed& need) {
  return {graph.targets.data() + need.first_target, need.targets};
}

// The cells of a node's service.
inline std::span<const NodeId> cells_beside(const Graph& graph, NodeId node) {
  return graph.services[graph.nodes[node].service].cells;
}

// The node of `service` that a cell numbered `cell` of the same cells uses:
// that cell where cells are shared, otherwise the whole. O(1).
NodeId cell_of(const Graph& graph, ServiceId service, ServiceId asking,
               std::uint32_t cell);

// The whole-service node standing above a cell (the cell itself if single).
inline NodeId whole_of(const Graph& graph, NodeId node) {
  return graph.nodes[node].whole;
}

// Whether the node is the whole of a service with several cells.
inline bool has_cells(const Graph& graph, NodeId node) {
  return graph.nodes[node].cell == kNone;
}

// Whether the node is one cell of several.
inline bool is_one_cell(const Graph& graph, NodeId node) {
  return graph.nodes[node].whole != node;
}

// The node itself, or the first of its circle, which is settled as one.
inline NodeId settled_with(const Graph& graph, NodeId node) {
  const std::uint32_t circle = graph.nodes[node].circle;
  return circle == kNone ? node : graph.circles[circle].first;
}

// "control-plane.17", or "api" for a whole service.
std::string node_name(const Graph& graph, NodeId node);

}  // namespace outagesim

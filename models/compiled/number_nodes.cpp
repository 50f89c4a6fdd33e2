#include "models/compiled/number_nodes.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "models/compiled/components.h"
#include "models/compiled/sticky.h"

namespace outagesim {
namespace {

using Ids = std::vector<std::uint32_t>;

void add_edges(const Graph& graph, NodeId node, Ids& edges) {
  if (has_cells(graph, node)) {
    const auto& cells = graph.services[graph.nodes[node].service].cells;
    edges.insert(edges.end(), cells.begin(), cells.end());
  }
  for (const CompiledNeed& need : needs_of(graph, node)) {
    const auto targets = targets_of(graph, need);
    edges.insert(edges.end(), targets.begin(), targets.end());
  }
}

// A whole that shares its cells with a sticky service reads the factor of that
// service's whole, see sticky.h.
void add_sticky_edges(const Graph& graph, NodeId whole, Ids& edges) {
  const Node& first =
      graph.nodes[graph.services[graph.nodes[whole].service].cells[0]];
  for (NeedId id = first.first_need; id < first.first_need + first.needs;
       ++id) {
    const NodeId target = graph.targets[graph.needs[id].first_target];
    const bool shared =
        is_chain(graph.needs[id]) && is_one_cell(graph, target) &&
        graph.nodes[target].cell == first.cell &&
        graph.services[graph.nodes[target].service].cells_root ==
            graph.services[first.service].cells_root;
    if (shared) {
      edges.push_back(whole_of(graph, target));
    }
  }
}

FlatGraph edges_of(const Graph& graph) {
  FlatGraph flat;
  flat.first_edge.reserve(graph.nodes.size() + 1);
  flat.edges.reserve(graph.targets.size() + graph.nodes.size());
  flat.first_edge.push_back(0);
  for (NodeId node = 0; node < graph.nodes.size(); ++node) {
    add_edges(graph, node, flat.edges);
    if (!graph.sticky.empty() && has_cells(graph, node)) {
      add_sticky_edges(graph, node, flat.edges);
    }
    flat.first_edge.push_back(static_cast<std::uint32_t>(flat.edges.size()));
  }
  return flat;
}

// Components of several nodes, and nodes that need themselves.
std::vector<Circle> circles_of(const Components& found,
                               const FlatGraph& edges) {
  std::vector<Circle> circles;
  for (std::size_t i = 0; i + 1 < found.first.size(); ++i) {
    const NodeId first = found.first[i], last = found.first[i + 1];
    const std::uint32_t node = found.order[first];
    if (last - first > 1 ||
        std::ranges::count(edges.edges_of(node), node) > 0) {
      circles.push_back({first, last, 0});
    }
  }
  return circles;
}

// Puts at each place i what stood at from[i]; leaves `from` ascending. Takes no
// second list, which is a twelfth of all that a large graph takes at its most.
void reorder(std::vector<CompiledNeed>& needs, std::vector<NeedId>& from) {
  for (NeedId start = 0; start < from.size(); ++start) {
    if (from[start] == start) continue;
    const CompiledNeed first = needs[start];
    NeedId place = start;
    while (from[place] != start) {
      needs[place] = needs[from[place]];
      place = std::exchange(from[place], place);
    }
    needs[place] = first;
    from[place] = place;
  }
}

class Renumbering {
 public:
  Renumbering(Graph& draft, const Components& found)
      : draft_(draft), found_(found), new_id_(found.order.size()) {
    for (NodeId id = 0; id < new_id_.size(); ++id) {
      new_id_[found.order[id]] = id;
    }
  }

  Graph run() {
    move_nodes_and_needs();
    for (CompiledService& service : draft_.services) {
      service.whole = new_id_[service.whole];
      renumber(service.cells);
      renumber(service.to_start);
    }
    graph_.services = std::move(draft_.services);
    graph_.need_laws = std::move(draft_.need_laws);
    graph_.sticky = std::move(draft_.sticky);
    graph_.has_timeouts = draft_.has_timeouts;
    return std::move(graph_);
  }

 private:
  void renumber(std::vector<NodeId>& nodes) const {
    for (NodeId& node : nodes) {
      node = new_id_[node];
    }
  }

  void move_nodes_and_needs() {
    std::vector<NeedId> from;
    from.reserve(draft_.needs.size());
    graph_.nodes.reserve(draft_.nodes.size());
    for (const NodeId old : found_.order) {
      Node node = draft_.nodes[old];
      const NeedId old_first = node.first_need;
      node.first_need = static_cast<NeedId>(from.size());
      node.whole = new_id_[node.whole];
      graph_.nodes.push_back(node);
      for (NeedId id = old_first; id < old_first + node.needs; ++id) {
        from.push_back(id);
      }
    }
    assert(from.size() == draft_.needs.size());
    reorder(draft_.needs, from);
    graph_.needs = std::move(draft_.needs);
    graph_.targets.reserve(draft_.targets.size());
    graph_.stateful.reserve(draft_.stateful.size());
    for (NeedId id = 0; id < graph_.needs.size(); ++id) renumber(id);
  }

  void renumber(NeedId id) {
    CompiledNeed& need = graph_.needs[id];
    const std::uint32_t old_target = need.first_target;
    need.owner = new_id_[need.owner];
    need.first_target = static_cast<std::uint32_t>(graph_.targets.size());
    for (std::uint32_t i = 0; i < need.targets; ++i) {
      graph_.targets.push_back(new_id_[draft_.targets[old_target + i]]);
    }
    if (need.state != kNone) {
      need.state = static_cast<std::uint32_t>(graph_.stateful.size());
      graph_.stateful.push_back(id);
    }
  }

  Graph& draft_;
  const Components& found_;
  std::vector<NodeId> new_id_;
  Graph graph_;
};

void fill_dependents(Graph& graph) {
  auto& first = graph.first_dependent;
  first.assign(graph.nodes.size() + 1, 0);
  for (const NodeId target : graph.targets) {
    ++first[target + 1];
  }
  for (std::size_t i = 1; i < first.size(); ++i) {
    first[i] += first[i - 1];
  }
  graph.dependents.resize(graph.targets.size());
  graph.to_settle.reserve(graph.targets.size());
  Ids next(first.begin(), first.end() - 1);
  for (NeedId id = 0; id < graph.needs.size(); ++id) {
    const CompiledNeed& need = graph.needs[id];
    for (std::uint32_t i = 0; i < need.targets; ++i) {
      const NodeId target = graph.targets[need.first_target + i];
      graph.dependents[next[target]++] = id;
    }
  }
  for (const NeedId id : graph.dependents) {
    graph.to_settle.push_back(settled_with(graph, graph.needs[id].owner));
  }
}

}  // namespace

Graph number_nodes(Graph draft) {
  FlatGraph edges = edges_of(draft);
  const Components found = strong_components(edges);
  std::vector<Circle> circles = circles_of(found, edges);
  edges = {};
  Graph graph = Renumbering(draft, found).run();
  draft = {};
  graph.circles = std::move(circles);
  for (std::uint32_t i = 0; i < graph.circles.size(); ++i) {
    for (NodeId node = graph.circles[i].first; node < graph.circles[i].last;
         ++node) {
      graph.nodes[node].circle = i;
    }
  }
  fill_dependents(graph);
  return graph;
}

}  // namespace outagesim

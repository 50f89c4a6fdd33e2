#include "models/analysis/circles.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <map>
#include <set>
#include <utility>

namespace outagesim {
namespace {

using Edges = std::vector<std::pair<NodeId, NodeId>>;
using Csr =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                       boost::no_property, boost::no_property,
                                       NodeId>;

Edges hard_edges(const Graph& graph) {
  Edges edges;
  for (const CompiledNeed& need : graph.needs) {
    if (need.kind == NeedKind::kHard) {
      edges.emplace_back(need.owner, graph.targets[need.first_target]);
    }
  }
  for (NodeId node = 0; node < graph.nodes.size(); ++node) {
    if (is_one_cell(graph, node)) {
      edges.emplace_back(whole_of(graph, node), node);
    }
  }
  return edges;
}

// Where cells are shared, a cell waits for its own cell of the other.
void add_start_edges(const Graph& graph, NodeId cell, Edges& edges) {
  const ServiceId id = graph.nodes[cell].service;
  const CompiledService& service = graph.services[id];
  for (std::size_t i = 0; i < service.to_start.size(); ++i) {
    const ServiceId other = service.to_start_services[i];
    const bool whole = service.to_start[i] == graph.services[other].whole;
    const std::uint32_t number = graph.nodes[cell].cell;
    edges.emplace_back(
        cell, whole ? cell_of(graph, other, id, number) : service.to_start[i]);
  }
}

Edges start_edges(const Graph& graph) {
  Edges edges;
  for (const CompiledService& service : graph.services) {
    for (const NodeId cell : service.cells) {
      add_start_edges(graph, cell, edges);
    }
  }
  return edges;
}

std::vector<NodeId> components_of(std::size_t nodes, const Edges& edges) {
  const Csr csr(boost::edges_are_unsorted_multi_pass, edges.begin(),
                edges.end(), static_cast<NodeId>(nodes));
  std::vector<NodeId> component(nodes);
  boost::strong_components(
      csr, boost::make_iterator_property_map(
               component.begin(), boost::get(boost::vertex_index, csr)));
  return component;
}

// The services of each marked component, once.
std::vector<ServiceCircle> services_of(const Graph& graph,
                                       const std::vector<NodeId>& component,
                                       const std::set<NodeId>& marked) {
  std::map<NodeId, std::set<ServiceId>> members;
  for (NodeId node = 0; node < component.size(); ++node) {
    if (marked.contains(component[node])) {
      members[component[node]].insert(graph.nodes[node].service);
    }
  }
  std::set<std::vector<ServiceId>> circles;
  for (const auto& [of, services] : members) {
    circles.emplace(services.begin(), services.end());
  }
  std::vector<ServiceCircle> found(circles.size());
  std::ranges::transform(circles, found.begin(), [](const auto& services) {
    return ServiceCircle{services};
  });
  return found;
}

// Components that have one of `telling` within.
std::set<NodeId> with_edge_inside(const std::vector<NodeId>& component,
                                  const Edges& telling) {
  std::set<NodeId> marked;
  for (const auto& [from, to] : telling) {
    if (component[from] == component[to]) {
      marked.insert(component[from]);
    }
  }
  return marked;
}

}  // namespace

std::vector<ServiceCircle> hard_circles(const Graph& graph) {
  const Edges edges = hard_edges(graph);
  const auto component = components_of(graph.nodes.size(), edges);
  return services_of(graph, component, with_edge_inside(component, edges));
}

std::vector<ServiceCircle> start_circles(const Graph& graph) {
  const Edges starts = start_edges(graph);
  Edges edges = hard_edges(graph);
  edges.insert(edges.end(), starts.begin(), starts.end());
  const auto component = components_of(graph.nodes.size(), edges);
  return services_of(graph, component, with_edge_inside(component, starts));
}

}  // namespace outagesim

// Strongly connected components of a directed graph given as flat arrays, by
// an iterative form of Tarjan's algorithm, so that a chain of a million nodes
// needs no deep stack. [Tarjan72]
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace outagesim {

// Node v points at edges[first_edge[v]] up to edges[first_edge[v + 1]].
struct FlatGraph {
  std::vector<std::uint32_t> first_edge;  // nodes + 1
  std::vector<std::uint32_t> edges;

  std::uint32_t nodes() const {
    return static_cast<std::uint32_t>(first_edge.size() - 1);
  }
  std::span<const std::uint32_t> edges_of(std::uint32_t node) const {
    return {edges.data() + first_edge[node],
            edges.data() + first_edge[node + 1]};
  }
};

// Component c is order[first[c]] up to order[first[c + 1]]. What a component
// points at stands before it.
struct Components {
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> first;  // components + 1
};

// O(nodes + edges).
Components strong_components(const FlatGraph& graph);

}  // namespace outagesim

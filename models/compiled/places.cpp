#include "models/compiled/places.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <unordered_set>

#include "models/compiled/compile_graph.h"

namespace outagesim {
namespace {

bool is_named(const Graph& graph, const CellChoice& choice, NodeId node) {
  const CompiledService& service = graph.services[graph.nodes[node].service];
  return std::ranges::any_of(choice.named, [&](const Reference& name) {
    return cell_index(service, name.name) == graph.nodes[node].cell;
  });
}

bool is_candidate(const Graph& graph, const CellChoice& choice, NodeId node) {
  const double size = graph.services[graph.nodes[node].service]
                          .cell_sizes[graph.nodes[node].cell];
  switch (choice.how) {
    case CellChoice::How::kNamed:
      return is_named(graph, choice, node);
    case CellChoice::How::kLargerThan:
      return size > choice.size;
    case CellChoice::How::kSmallerThan:
      return size < choice.size;
    default:
      return true;
  }
}

bool is_any_of(std::span<const NodeId> nodes,
               const std::unordered_set<NodeId>& of) {
  return std::ranges::any_of(nodes,
                             [&](NodeId node) { return of.contains(node); });
}

void leave_out(const std::unordered_set<NodeId>& of,
               std::vector<NodeId>& nodes) {
  std::erase_if(nodes, [&](NodeId node) { return of.contains(node); });
}

}  // namespace

PlaceChoice choose_cells(const Graph& graph, const CellChoice& choice,
                         std::span<const NodeId> nodes) {
  PlaceChoice chosen;
  for (const NodeId node : nodes) {
    if (is_candidate(graph, choice, node)) {
      chosen.nodes.push_back(node);
    }
  }
  const auto all = static_cast<std::uint32_t>(chosen.nodes.size());
  chosen.count = all;
  if (choice.how == CellChoice::How::kNumber) {
    chosen.count = std::min(all, choice.number);
  } else if (choice.how == CellChoice::How::kShare) {
    const double share = std::clamp(choice.share.value, 0.0, 1.0);
    chosen.count = static_cast<std::uint32_t>(std::lround(share * all));
  }
  chosen.random = chosen.count < all;
  return chosen;
}

PlaceChoice compile_place(const Graph& graph, const IdOfName& services,
                          const Place& place) {
  const ServiceId id = services.find(place.service.name);
  assert(id != kNone && "the loader resolves every name");
  return choose_cells(graph, place.cells, graph.services[id].cells);
}

std::vector<PlaceChoice> compile_places(const Graph& graph,
                                        const IdOfName& services,
                                        std::span<const Place> places) {
  std::vector<PlaceChoice> all;
  std::unordered_set<NodeId> sure, perhaps;
  for (const Place& place : places) {
    PlaceChoice& choice =
        all.emplace_back(compile_place(graph, services, place));
    std::vector<NodeId>& nodes = choice.nodes;
    choice.overlaps =
        is_any_of(nodes, perhaps) || (choice.random && is_any_of(nodes, sure));
    auto& seen = choice.random ? perhaps : sure;
    if (!choice.random) {
      leave_out(sure, nodes);
      choice.count = static_cast<std::uint32_t>(nodes.size());
    }
    seen.insert(nodes.begin(), nodes.end());
  }
  return all;
}

std::vector<NodeId> candidates(std::span<const PlaceChoice> places) {
  std::vector<NodeId> all;
  std::unordered_set<NodeId> seen;
  for (const PlaceChoice& place : places) {
    for (const NodeId node : place.nodes) {
      if (seen.insert(node).second) all.push_back(node);
    }
  }
  return all;
}

}  // namespace outagesim

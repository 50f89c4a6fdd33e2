#include "models/analysis/alike_processes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace outagesim {
namespace {

// Weights are shares of a size: equal up to rounding is equal.
constexpr double kEqual = 1e-9;

// What a node's failures can be counted within: the cells of its service, or
// the targets of the one quorum need that asks for it.
using CountedWithin = std::pair<bool, std::uint32_t>;

std::optional<CountedWithin> counted_within(const Graph& graph, NodeId node) {
  if (graph.nodes[node].needs > 0) return std::nullopt;
  const std::uint32_t first = graph.first_dependent[node];
  const std::uint32_t asked = graph.first_dependent[node + 1] - first;
  if (is_one_cell(graph, node)) {
    if (asked > 0) return std::nullopt;
    return CountedWithin{false, graph.nodes[node].service};
  }
  if (asked != 1 || has_cells(graph, node)) return std::nullopt;
  const NeedId need = graph.dependents[first];
  if (graph.needs[need].kind != NeedKind::kQuorum) return std::nullopt;
  return CountedWithin{true, need};
}

bool are_alike(const Graph& graph, const Process& a, const Process& b) {
  const Node& x = graph.nodes[a.nodes[0]];
  const Node& y = graph.nodes[b.nodes[0]];
  return a.time_to_failure == b.time_to_failure &&
         a.time_to_repair == b.time_to_repair && a.severity == b.severity &&
         x.capacity == y.capacity && std::abs(x.weight - y.weight) < kEqual;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> alike_processes(
    const Model& model, const std::vector<std::uint32_t>& processes) {
  const std::vector<Process>& all = model.plan.processes;
  std::map<NodeId, int> on_node;  // a node with two processes is not counted
  for (const std::uint32_t p : processes) {
    for (const NodeId node : all[p].nodes) ++on_node[node];
  }
  std::map<CountedWithin, std::vector<std::uint32_t>> groups;
  for (std::uint32_t i = 0; i < processes.size(); ++i) {
    const Process& process = all[processes[i]];
    if (process.nodes.size() != 1 || on_node[process.nodes[0]] != 1) continue;
    const auto place = counted_within(model.graph, process.nodes[0]);
    if (place) groups[*place].push_back(i);
  }
  std::vector<std::vector<std::uint32_t>> alike;
  for (const auto& [place, group] : groups) {
    const Process& first = all[processes[group[0]]];
    std::vector<std::uint32_t> same;
    for (const std::uint32_t i : group) {
      if (are_alike(model.graph, first, all[processes[i]])) same.push_back(i);
    }
    if (same.size() > 1) alike.push_back(std::move(same));
  }
  return alike;
}

}  // namespace outagesim

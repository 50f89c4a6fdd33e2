#include "models/analysis/alike_parts.h"

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
         a.stationary == b.stationary && x.capacity == y.capacity &&
         std::abs(x.weight - y.weight) < kEqual;
}

// Whether the part always does the same to all of the nodes.
bool treats_alike(const ChainPart& part, const std::vector<NodeId>& nodes) {
  const auto loss_at = [](const std::vector<NodeLoss>& losses, NodeId node) {
    std::pair<double, double> left{1, 1};
    for (const NodeLoss& loss : losses) {
      if (loss.node != node) continue;
      left = {left.first * loss.health, left.second * loss.served};
    }
    return left;
  };
  return std::ranges::all_of(part.losses, [&](const auto& losses) {
    const auto first = loss_at(losses, nodes[0]);
    return std::ranges::all_of(
        nodes, [&](NodeId node) { return loss_at(losses, node) == first; });
  });
}

class AlikeParts {
 public:
  AlikeParts(const Model& model, const std::vector<ChainPart>& parts)
      : graph_(model.graph), parts_(parts) {
    for (const ChainPart& part : parts) {
      if (!is_of_one_node(part)) continue;
      ++on_node_[part.process->nodes[0]];
    }
  }

  std::vector<std::vector<std::uint32_t>> find() const {
    std::map<CountedWithin, std::vector<std::uint32_t>> groups;
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      if (!is_of_one_node(parts_[i])) continue;
      const NodeId node = parts_[i].process->nodes[0];
      if (on_node_.at(node) != 1) continue;
      const auto place = counted_within(graph_, node);
      if (place) groups[*place].push_back(i);
    }
    std::vector<std::vector<std::uint32_t>> alike;
    for (const auto& [place, group] : groups) {
      std::vector<std::uint32_t> same = like_the_first(group);
      if (same.size() > 1 && others_treat_alike(same)) {
        alike.push_back(std::move(same));
      }
    }
    return alike;
  }

 private:
  static bool is_of_one_node(const ChainPart& part) {
    return part.process && part.process->nodes.size() == 1;
  }

  std::vector<std::uint32_t> like_the_first(
      const std::vector<std::uint32_t>& group) const {
    const Process& first = *parts_[group[0]].process;
    std::vector<std::uint32_t> same;
    for (const std::uint32_t i : group) {
      if (are_alike(graph_, first, *parts_[i].process)) same.push_back(i);
    }
    return same;
  }

  bool others_treat_alike(const std::vector<std::uint32_t>& group) const {
    std::vector<NodeId> nodes;
    for (const std::uint32_t i : group) {
      nodes.push_back(parts_[i].process->nodes[0]);
    }
    for (const ChainPart& part : parts_) {
      if (!is_of_one_node(part) && !treats_alike(part, nodes)) return false;
      const bool bars = std::ranges::any_of(part.locks, [&](NodeId lock) {
        return std::ranges::find(nodes, lock) != nodes.end();
      });
      if (bars) return false;
    }
    return true;
  }

  const Graph& graph_;
  const std::vector<ChainPart>& parts_;
  std::map<NodeId, int> on_node_;  // a node with two such parts is not counted
};

}  // namespace

std::vector<std::vector<std::uint32_t>> alike_parts(
    const Model& model, const std::vector<ChainPart>& parts) {
  return AlikeParts(model, parts).find();
}

}  // namespace outagesim

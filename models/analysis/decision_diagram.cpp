#include "models/analysis/decision_diagram.h"

#include <algorithm>
#include <cassert>
#include <functional>

namespace outagesim {

DecisionDiagram::DecisionDiagram(std::uint32_t variables,
                                 std::uint32_t most_nodes)
    : variables_(variables), most_nodes_(most_nodes) {
  nodes_.push_back({variables, kDiagramFalse, kDiagramFalse});
  nodes_.push_back({variables, kDiagramTrue, kDiagramTrue});
}

std::size_t DecisionDiagram::HashOfKey::operator()(const Key& key) const {
  std::uint64_t x = key[0];
  for (const std::uint32_t part : {key[1], key[2]}) {
    x = (x ^ part) * 0x9e3779b97f4a7c15ULL;
    x ^= x >> 29;
  }
  return static_cast<std::size_t>(x);
}

DiagramRef DecisionDiagram::made(std::uint32_t variable, DiagramRef low,
                                 DiagramRef high) {
  if (low == high) return low;
  const auto [at, is_new] = unique_.try_emplace(
      Key{variable, low, high}, static_cast<DiagramRef>(nodes_.size()));
  if (is_new) nodes_.push_back({variable, low, high});
  full_ = full_ || nodes_.size() > most_nodes_;
  return at->second;
}

DiagramRef DecisionDiagram::variable(std::uint32_t number) {
  assert(number < variables_);
  return made(number, kDiagramFalse, kDiagramTrue);
}

DiagramRef DecisionDiagram::branch(DiagramRef f, std::uint32_t variable,
                                   bool high) const {
  const DiagramNode& node = nodes_[f];
  if (node.variable != variable) return f;
  return high ? node.high : node.low;
}

DiagramRef DecisionDiagram::choose(DiagramRef f, DiagramRef g, DiagramRef h) {
  if (full_ || f == kDiagramFalse) return h;
  if (f == kDiagramTrue || g == h) return g;
  if (g == kDiagramTrue && h == kDiagramFalse) return f;
  const Key key{f, g, h};
  if (const auto known = chosen_.find(key); known != chosen_.end()) {
    return known->second;
  }
  const std::uint32_t top =
      std::min({nodes_[f].variable, nodes_[g].variable, nodes_[h].variable});
  const DiagramRef high =
      choose(branch(f, top, true), branch(g, top, true), branch(h, top, true));
  const DiagramRef low = choose(branch(f, top, false), branch(g, top, false),
                                branch(h, top, false));
  return chosen_[key] = made(top, low, high);
}

DiagramRef DecisionDiagram::at_least(std::uint32_t k,
                                     std::span<const DiagramRef> functions) {
  // enough[j]: at least j of those looked at so far.
  std::vector<DiagramRef> enough(k + 1, kDiagramFalse);
  enough[0] = kDiagramTrue;
  for (const DiagramRef f : functions) {
    for (std::uint32_t j = k; j > 0; --j) {
      enough[j] = choose(f, enough[j - 1], enough[j]);
    }
  }
  return enough[k];
}

std::vector<DiagramRef> DecisionDiagram::nodes_of(DiagramRef f) const {
  std::vector<DiagramRef> found{f}, open{f};
  std::vector<bool> seen(nodes_.size(), false);
  seen[f] = true;
  while (!open.empty()) {
    const DiagramNode& node = nodes_[open.back()];
    open.pop_back();
    for (const DiagramRef next : {node.low, node.high}) {
      if (seen[next]) continue;
      seen[next] = true;
      found.push_back(next);
      open.push_back(next);
    }
  }
  // A node is made after those below it.
  std::ranges::sort(found, std::greater<>());
  return found;
}

namespace {

// By node, where `order` lists them from the top: P(the function there holds).
std::vector<double> node_probabilities(const DecisionDiagram& diagram,
                                       const std::vector<DiagramRef>& order,
                                       std::span<const double> p) {
  std::vector<double> value(diagram.nodes(), 0.0);
  for (auto ref = order.rbegin(); ref != order.rend(); ++ref) {
    if (*ref <= kDiagramTrue) {
      value[*ref] = *ref;
      continue;
    }
    const DiagramNode& node = diagram.node(*ref);
    value[*ref] = p[node.variable] * value[node.high] +
                  (1 - p[node.variable]) * value[node.low];
  }
  return value;
}

}  // namespace

double probability_of(const DecisionDiagram& diagram, DiagramRef f,
                      std::span<const double> p) {
  return node_probabilities(diagram, diagram.nodes_of(f), p)[f];
}

std::vector<double> birnbaum_importance(const DecisionDiagram& diagram,
                                        DiagramRef f,
                                        std::span<const double> p) {
  const std::vector<DiagramRef> order = diagram.nodes_of(f);
  const std::vector<double> value = node_probabilities(diagram, order, p);
  std::vector<double> reached(diagram.nodes(), 0.0);
  std::vector<double> importance(diagram.variables(), 0.0);
  reached[f] = 1;
  for (const DiagramRef ref : order) {
    if (ref <= kDiagramTrue) continue;
    const DiagramNode& node = diagram.node(ref);
    importance[node.variable] +=
        reached[ref] * (value[node.high] - value[node.low]);
    reached[node.high] += reached[ref] * p[node.variable];
    reached[node.low] += reached[ref] * (1 - p[node.variable]);
  }
  return importance;
}

std::vector<std::uint32_t> support_of(const DecisionDiagram& diagram,
                                      DiagramRef f) {
  std::vector<bool> used(diagram.variables() + 1, false);
  for (const DiagramRef ref : diagram.nodes_of(f)) {
    used[diagram.node(ref).variable] = true;
  }
  std::vector<std::uint32_t> support;
  for (std::uint32_t v = 0; v < diagram.variables(); ++v) {
    if (used[v]) support.push_back(v);
  }
  return support;
}

}  // namespace outagesim

#include "models/analysis/value_diagram.h"

#include <algorithm>
#include <cassert>
#include <functional>

namespace outagesim {
namespace {

constexpr ValueRef kNoValue = 0xffffffff;

}  // namespace

ValueDiagram::ValueDiagram(std::uint32_t variables, std::uint32_t most_nodes)
    : variables_(variables), most_nodes_(most_nodes) {}

std::size_t ValueDiagram::HashOfKey::operator()(const Key& key) const {
  std::uint64_t x = key[0];
  for (const std::uint32_t part : {key[1], key[2]}) {
    x = (x ^ part) * 0x9e3779b97f4a7c15ULL;
    x ^= x >> 29;
  }
  return static_cast<std::size_t>(x);
}

ValueRef ValueDiagram::constant(double number) {
  const auto [at, is_new] =
      leaves_.try_emplace(number, static_cast<ValueRef>(nodes_.size()));
  if (is_new) nodes_.push_back({variables_, 0, 0, number});
  return at->second;
}

ValueRef ValueDiagram::made(std::uint32_t variable, ValueRef low,
                            ValueRef high) {
  if (low == high) return low;
  const auto [at, is_new] = unique_.try_emplace(
      Key{variable, low, high}, static_cast<ValueRef>(nodes_.size()));
  if (is_new) nodes_.push_back({variable, low, high, 0});
  full_ = full_ || nodes_.size() > most_nodes_;
  return at->second;
}

ValueRef ValueDiagram::either(std::uint32_t variable, double under_way,
                              double otherwise) {
  assert(variable < variables_);
  const ValueRef low = constant(otherwise);
  return made(variable, low, constant(under_way));
}

ValueRef ValueDiagram::known_product(ValueRef a, ValueRef b) const {
  for (const auto& [f, g] : {std::pair(a, b), std::pair(b, a)}) {
    if (!is_leaf(f)) continue;
    if (value(f) == 1) return g;
    if (value(f) == 0) return f;
  }
  return kNoValue;
}

ValueRef ValueDiagram::combine(Op op, ValueRef a, ValueRef b) {
  if (full_) return a;
  if (a > b) std::swap(a, b);  // all operations commute
  if (op == Op::kTimes) {
    if (const ValueRef known = known_product(a, b); known != kNoValue) {
      return known;
    }
  }
  if (is_leaf(a) && is_leaf(b)) {
    const double x = value(a), y = value(b);
    switch (op) {
      case Op::kPlus:
        return constant(x + y);
      case Op::kTimes:
        return constant(x * y);
      case Op::kLeast:
        return constant(std::min(x, y));
      case Op::kMost:
        return constant(std::max(x, y));
    }
  }
  auto& known = combined_[static_cast<std::size_t>(op)];
  const Key key{a, b, 0};
  if (const auto at = known.find(key); at != known.end()) return at->second;
  const ValueNode x = nodes_[a], y = nodes_[b];
  const std::uint32_t top = std::min(x.variable, y.variable);
  const ValueRef low =
      combine(op, x.variable == top ? x.low : a, y.variable == top ? y.low : b);
  const ValueRef high = combine(op, x.variable == top ? x.high : a,
                                y.variable == top ? y.high : b);
  return known[key] = made(top, low, high);
}

ValueRef ValueDiagram::scaled(ValueRef a, double factor) {
  return times(a, constant(factor));
}

ValueRef ValueDiagram::passed(ValueRef a, double share) {
  return share == 1 ? a : plus(constant(1 - share), scaled(a, share));
}

ValueRef ValueDiagram::quorum(std::span<const ValueRef> successes,
                              std::uint32_t k) {
  // enough[j]: at least j of those looked at so far.
  std::vector<ValueRef> enough(k + 1, constant(0));
  enough[0] = constant(1);
  for (const ValueRef s : successes) {
    const ValueRef fails = plus(constant(1), scaled(s, -1));
    for (std::uint32_t j = k; j > 0; --j) {
      enough[j] = plus(times(s, enough[j - 1]), times(fails, enough[j]));
    }
  }
  return enough[k];
}

std::vector<ValueRef> ValueDiagram::nodes_under(ValueRef f) const {
  std::vector<ValueRef> found{f}, open{f};
  std::vector<bool> seen(nodes_.size(), false);
  seen[f] = true;
  while (!open.empty()) {
    const ValueRef at = open.back();
    open.pop_back();
    if (is_leaf(at)) continue;
    for (const ValueRef next : {nodes_[at].low, nodes_[at].high}) {
      if (seen[next]) continue;
      seen[next] = true;
      found.push_back(next);
      open.push_back(next);
    }
  }
  std::ranges::sort(found);  // a node is made after those below it
  return found;
}

bool ValueDiagram::is_boolean(ValueRef f) const {
  return std::ranges::all_of(nodes_under(f), [&](ValueRef at) {
    return !is_leaf(at) || value(at) == 0 || value(at) == 1;
  });
}

double ValueDiagram::mean(ValueRef f, std::span<const double> p) const {
  std::vector<double> mean_at(nodes_.size(), 0.0);
  for (const ValueRef at : nodes_under(f)) {
    const ValueNode& node = nodes_[at];
    mean_at[at] = is_leaf(at) ? node.value
                              : p[node.variable] * mean_at[node.high] +
                                    (1 - p[node.variable]) * mean_at[node.low];
  }
  return mean_at[f];
}

std::vector<std::uint32_t> ValueDiagram::support(ValueRef f) const {
  std::vector<bool> used(variables_ + 1, false);
  for (const ValueRef at : nodes_under(f)) used[nodes_[at].variable] = true;
  std::vector<std::uint32_t> support;
  for (std::uint32_t v = 0; v < variables_; ++v) {
    if (used[v]) support.push_back(v);
  }
  return support;
}

DiagramRef ValueDiagram::below(ValueRef f, double bound,
                               DecisionDiagram& into) const {
  std::vector<DiagramRef> is_below(nodes_.size(), kDiagramFalse);
  for (const ValueRef at : nodes_under(f)) {
    const ValueNode& node = nodes_[at];
    is_below[at] = is_leaf(at)
                       ? (node.value < bound ? kDiagramTrue : kDiagramFalse)
                       : into.choose(into.variable(node.variable),
                                     is_below[node.high], is_below[node.low]);
  }
  return is_below[f];
}

}  // namespace outagesim

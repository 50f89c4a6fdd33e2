// A number that depends on which of many independent events are under way, as a
// decision diagram with numbers for leaves [Bahar97]: served fractions are
// products and sums of such numbers, and their exact mean costs one visit a
// node. Built and used like DecisionDiagram.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "models/analysis/decision_diagram.h"

namespace outagesim {

// A node of a diagram of numbers; two equal functions are the same node.
using ValueRef = std::uint32_t;

class ValueDiagram {
 public:
  // Beyond `most_nodes` the diagram is full and its answers mean nothing.
  explicit ValueDiagram(std::uint32_t variables,
                        std::uint32_t most_nodes = 1'000'000);

  ValueRef constant(double value);
  // One number while the event is under way, another while it is not.
  ValueRef either(std::uint32_t variable, double under_way, double otherwise);
  ValueRef plus(ValueRef a, ValueRef b) { return combine(Op::kPlus, a, b); }
  ValueRef times(ValueRef a, ValueRef b) { return combine(Op::kTimes, a, b); }
  ValueRef least(ValueRef a, ValueRef b) { return combine(Op::kLeast, a, b); }
  ValueRef most(ValueRef a, ValueRef b) { return combine(Op::kMost, a, b); }
  // 1 - share × (1 - a), and a × factor.
  ValueRef passed(ValueRef a, double share);
  ValueRef scaled(ValueRef a, double factor);
  // P(at least k of these independent successes) [Barlow84].
  ValueRef quorum(std::span<const ValueRef> successes, std::uint32_t k);

  // Whether the number is always one of 0 and 1, or always 1.
  bool is_boolean(ValueRef f) const;
  bool is_one(ValueRef f) const { return is_leaf(f) && value(f) == 1; }

  // The mean, where event i is under way with probability p[i]. O(nodes).
  double mean(ValueRef f, std::span<const double> p) const;
  // In `into`, over the same variables: the number lies below `bound`.
  DiagramRef below(ValueRef f, double bound, DecisionDiagram& into) const;

  // The events that the number depends on, ascending. O(nodes).
  std::vector<std::uint32_t> support(ValueRef f) const;

  std::uint32_t variables() const { return variables_; }
  bool is_full() const { return full_; }

 private:
  enum class Op : std::uint32_t { kPlus, kTimes, kLeast, kMost };
  struct ValueNode {
    std::uint32_t variable = 0;  // of all variables: a leaf
    ValueRef low = 0, high = 0;  // not under way, under way
    double value = 0;
  };
  using Key = std::array<std::uint32_t, 3>;
  struct HashOfKey {
    std::size_t operator()(const Key& key) const;
  };

  bool is_leaf(ValueRef f) const { return nodes_[f].variable == variables_; }
  double value(ValueRef f) const { return nodes_[f].value; }
  ValueRef made(std::uint32_t variable, ValueRef low, ValueRef high);
  ValueRef combine(Op op, ValueRef a, ValueRef b);
  ValueRef known_product(ValueRef a, ValueRef b) const;
  std::vector<ValueRef> nodes_under(ValueRef f) const;

  std::uint32_t variables_;
  std::uint32_t most_nodes_;
  bool full_ = false;
  std::vector<ValueNode> nodes_;
  std::map<double, ValueRef> leaves_;
  std::unordered_map<Key, ValueRef, HashOfKey> unique_;
  std::array<std::unordered_map<Key, ValueRef, HashOfKey>, 4> combined_;
};

}  // namespace outagesim

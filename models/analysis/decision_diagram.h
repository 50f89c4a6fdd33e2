// Reduced ordered binary decision diagrams [Bryant86]: a Boolean function as a
// graph in which equal parts are one part, so its exact probability over
// independent variables costs one visit a node, however often a variable is
// used. Our own: Debian's BuDDy keeps its nodes in globals of the process,
// which many threads and tests cannot share, and what is needed is small.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace outagesim {

// A node of a diagram; two equal functions are the same node.
using DiagramRef = std::uint32_t;
inline constexpr DiagramRef kDiagramFalse = 0;
inline constexpr DiagramRef kDiagramTrue = 1;

struct DiagramNode {
  std::uint32_t variable =
      0;               // of all variables for kDiagramFalse and kDiagramTrue
  DiagramRef low = 0;  // the function where the variable is false
  DiagramRef high = 0;
};

class DecisionDiagram {
 public:
  // Variables are ordered by number. Beyond `most_nodes` the diagram is full,
  // and what it returns means nothing: ask is_full() before believing it.
  explicit DecisionDiagram(std::uint32_t variables,
                           std::uint32_t most_nodes = 4'000'000);

  DiagramRef variable(std::uint32_t number);
  // if-then-else; all else is made of it. O(nodes of f × g × h) at worst.
  DiagramRef choose(DiagramRef f, DiagramRef g, DiagramRef h);
  DiagramRef both(DiagramRef a, DiagramRef b) {
    return choose(a, b, kDiagramFalse);
  }
  DiagramRef either(DiagramRef a, DiagramRef b) {
    return choose(a, kDiagramTrue, b);
  }
  DiagramRef negated(DiagramRef a) {
    return choose(a, kDiagramFalse, kDiagramTrue);
  }
  // At least k of the functions hold.
  DiagramRef at_least(std::uint32_t k, std::span<const DiagramRef> functions);

  const DiagramNode& node(DiagramRef ref) const { return nodes_[ref]; }
  std::uint32_t variables() const { return variables_; }
  std::size_t nodes() const { return nodes_.size(); }
  bool is_full() const { return full_; }

  // The nodes of a function, each before those below it. O(nodes log nodes).
  std::vector<DiagramRef> nodes_of(DiagramRef f) const;

 private:
  using Key = std::array<std::uint32_t, 3>;
  struct HashOfKey {
    std::size_t operator()(const Key& key) const;
  };

  DiagramRef made(std::uint32_t variable, DiagramRef low, DiagramRef high);
  // Shannon's cofactors of f by the variable; f itself if it starts below it.
  DiagramRef branch(DiagramRef f, std::uint32_t variable, bool high) const;

  std::uint32_t variables_;
  std::uint32_t most_nodes_;
  bool full_ = false;
  std::vector<DiagramNode> nodes_;
  std::unordered_map<Key, DiagramRef, HashOfKey> unique_;
  std::unordered_map<Key, DiagramRef, HashOfKey> chosen_;
};

// The probability that f holds, where variable i is true with p[i], all
// independent. O(nodes of f).
double probability_of(const DecisionDiagram& diagram, DiagramRef f,
                      std::span<const double> p);

// P(f | variable i true) - P(f | variable i false) for all variables at once
// [Birnbaum69]: O(nodes of f).
std::vector<double> birnbaum_importance(const DecisionDiagram& diagram,
                                        DiagramRef f,
                                        std::span<const double> p);

// The variables that f depends on, ascending.
std::vector<std::uint32_t> support_of(const DecisionDiagram& diagram,
                                      DiagramRef f);

}  // namespace outagesim

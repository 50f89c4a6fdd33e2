// How much falls with each service of a large system, counted exactly for 512
// services at once: a bit says "node n is down when service i is", and one
// sweep over the graph in topological order sets the bits of all that stand on
// them. What falls here falls entirely, whatever the caches hold and wherever
// switch-over turns:
//   a need of all requests, hard or cached   falls with its target,
//   a need of kind `any`                     when all alternatives are down,
//   a quorum of k of n                       when more than n - k are down,
//   a service of several cells               when all of them are down;
// soft and async needs, and those that only part of the requests make, take
// nothing down entirely.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

struct FallCount {
  ServiceId service = 0;
  std::uint32_t services = 0;  // that fall with it, without itself
  std::uint32_t products = 0;  // that fall, itself included
  Fraction users{0};           // of all, whose product falls; one who uses
};  // two products is two

// Who falls with whom, without the numbers: what the sweep runs on.
struct FallGraph {
  // Falls once `enough` of its targets have.
  struct Group {
    std::uint32_t first = 0, last = 0;  // into targets
    std::uint32_t enough = 1;
  };
  std::vector<std::uint32_t> first_dependent;  // nodes + 1: fall with the node
  std::vector<NodeId> dependents;
  std::vector<std::uint32_t> first_asking;  // nodes + 1: owners of groups that
  std::vector<NodeId> asking;               // have the node as a target
  std::vector<std::uint32_t> first_group;   // nodes + 1, by owner
  std::vector<Group> groups;
  std::vector<NodeId> targets;

  std::size_t nodes() const { return first_dependent.size() - 1; }
};

// O(nodes + needs).
FallGraph fall_graph(const Graph& graph);

inline constexpr std::size_t kFallsAtOnce = 512;
using FallRow = std::array<std::uint64_t, kFallsAtOnce / 64>;  // bit i: fall i

// Keeps the rows of one sweep; one for each thread. Memory: 64 bytes a node.
class FallSweep {
 public:
  explicit FallSweep(const FallGraph& graph);

  // Fall i is that of these nodes; then run() finds all that falls. Nodes
  // reached × their needs; a circle is gone round until nothing changes.
  void put_down(std::size_t fall, std::span<const NodeId> nodes);
  void run();
  std::span<const NodeId> reached() const { return reached_; }
  const FallRow& row(NodeId node) const { return rows_[node]; }
  void clear();

 private:
  void add(NodeId node, const FallRow& row);
  void await(NodeId node);
  FallRow fallen(const FallGraph::Group& group) const;
  void settle(NodeId node);

  const FallGraph& graph_;
  std::vector<FallRow> rows_;
  std::vector<std::uint8_t> is_reached_, grew_;  // by node
  std::vector<NodeId> reached_;
  std::vector<std::uint64_t> waiting_;  // a bit a node
  std::size_t next_ = 0;                // word of waiting_: none before it
};

// Of up to 512 services, in their order. Precondition: `sweep` is clear, and
// is so afterwards.
std::vector<FallCount> count_falls(const Model& model,
                                   std::span<const ServiceId> services,
                                   FallSweep& sweep);

}  // namespace outagesim

// The served fraction of a node in a circle, as one request meets it: each
// service's own factor counts once. For v and the set V already met,
//   s(v | V) = Π over u in H of own(u) × Π over u's other needs,
// H the closure of v, without V, under *sure* needs: hard ones and active
// alternatives of `any` that every request calls. A need that leaves the circle
// has its usual factor; a tolerant one inside it (cached, quorum, share < 1, …)
// asks s(t | V ∪ H), or 1 where t is in V ∪ H. That nesting is cut at
// Circle::depth, beyond which tolerant needs inside the circle count as
// answered. The whole of a service is one node: its own factor is the mean over
// its cells (1 for a cell already met), its sure needs those all cells share.
// With own factors of 0 or 1 and share-1 hard needs this is the greatest fixed
// point of s = own × Π s(needs).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/compiled/health.h"
#include "models/compiled/model.h"
#include "models/compiled/need_factor.h"

namespace outagesim {

// Sets Circle::depth: as deep as the circle's tolerant needs allow within a
// bounded number of steps, at most 4.
void set_circle_depths(Graph& graph);

class CircleWalk {
 public:
  explicit CircleWalk(const Graph& graph);

  // s(v | nothing) for each node of the circle, in order of id, into
  // `answers`. What lies outside must be settled.
  void answer_all(const Health& health, const Circle& circle,
                  std::vector<Answer>& answers);

 private:
  struct AnswerInside;  // asks about a target from within

  Answer walk(NodeId from, std::uint32_t depth);
  void close_over_sure_needs(std::size_t begin);
  void add_needs_of_cell(NodeId node);
  void add_needs_of_whole(NodeId whole);
  Answer own_factor(NodeId node, std::uint32_t depth);
  Answer mean_of_cells(NodeId whole, std::uint32_t depth);
  Answer with_needs(NodeId node, std::uint32_t depth);
  Answer inside(NodeId target, std::uint32_t depth);
  NodeId sure_target(NeedId id) const;
  bool is_in_time(const CompiledNeed& need, NodeId target) const;
  bool leaves(const CompiledNeed& need) const;
  bool is_inside(NodeId node) const;
  void meet(NodeId node);
  void forget_from(std::size_t begin);

  const Graph& graph_;
  const Health* health_ = nullptr;
  const Circle* circle_ = nullptr;
  std::vector<NodeId> met_;        // V ∪ H, in the order met
  std::vector<std::uint8_t> has_;  // by node: is in met_
  std::size_t closure_ = 0;        // size of the last walk's H
  bool all_sure_ = false;          // no tolerant need inside was met
};

}  // namespace outagesim

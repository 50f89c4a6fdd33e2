// Failing parts that are the same users on every path. A sticky service is a
// *root*: where several share-1 hard chains lead to it, its factor counts once.
// Each node lists the roots it reaches by such chains and keeps `rest`, its
// served fraction without their factors: served = rest × Π over its roots of
// their factors. A root's own `rest` is its factor. The whole of a service
// lists the roots that all its cells have in common, and the whole of a sticky
// service of which each cell needs its own cell (then what the whole adds is
// conditional on that service having answered). Beyond this rule, through
// other needs, balanced wholes and circles, paths count one by one.
#pragma once

#include <cstddef>

#include "models/compiled/health.h"
#include "models/compiled/model.h"
#include "models/compiled/need_factor.h"

namespace outagesim {

// A node keeps at most so many roots, the lowest ids; others count by path.
inline constexpr std::size_t kMostRoots = 16;

// Fills first_root, roots and root_watches; nothing where no service is
// sticky. O(needs × kMostRoots).
void find_roots(Graph& graph);

// Hard and made by every request: a link of the chains above.
inline bool is_chain(const CompiledNeed& need) {
  return need.kind == NeedKind::kHard && need.share == 1;
}

// The answer of a node outside circles; keeps its `rest` and `counted`, and
// sets `moved` where they changed. Precondition: the graph has sticky services.
Answer sticky_answer(const Graph& graph, Health& health, NodeId node,
                     bool& moved);
// The same for the whole of a service with cells.
Answer sticky_whole(const Graph& graph, Health& health, NodeId whole,
                    bool& moved);
// The same for a node in a circle, whose answer is known; returns `moved`.
bool keep_sticky_in_circle(const Graph& graph, Health& health, NodeId node,
                           double served);

}  // namespace outagesim

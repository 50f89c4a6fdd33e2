// From the services of a scenario to the graph: needs become edges between
// cells, nodes are numbered in topological order, circles are found. O(nodes +
// needs).
#pragma once

#include "models/compiled/model.h"
#include "models/compiled/names.h"
#include "models/scenario/scenario.h"

namespace outagesim {

// `services` indexes scenario.services. Precondition: the scenario is valid; a
// need points at a whole service or at one of its cells.
Graph compile_graph(const Scenario& scenario, const IdOfName& services);

// Whether a need of this kind is an edge of the graph.
constexpr bool bears_on_serving(NeedKind kind) {
  return kind != NeedKind::kToRepair && kind != NeedKind::kToStart &&
         kind != NeedKind::kToObserve;
}

// The compiled need of a declaration, the `declared`-th of the service, at one
// of its cells; kNone where it does not bear on serving. O(needs).
NeedId need_at(const Graph& graph, const Service& service, NodeId cell,
               std::size_t declared);

// Index of a cell by its name, or by its number from 1; kNone if none is so
// called. O(cells).
std::uint32_t cell_index(const CompiledService& service, std::string_view name);

}  // namespace outagesim

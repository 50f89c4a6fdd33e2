// From places as an author writes them to the cell nodes they mean.
#pragma once

#include <span>
#include <vector>

#include "models/compiled/names.h"
#include "models/compiled/plan.h"
#include "models/parts/place.h"

namespace outagesim {

// Of `nodes`, cells of any services, those that the choice means.
PlaceChoice choose_cells(const Graph& graph, const CellChoice& choice,
                         std::span<const NodeId> nodes);

// Cells of the place's service. Precondition: its names exist.
PlaceChoice compile_place(const Graph& graph, const IdOfName& services,
                          const Place& place);

// Of several places together: what one has for sure, no later one has again.
std::vector<PlaceChoice> compile_places(const Graph& graph,
                                        const IdOfName& services,
                                        std::span<const Place> places);

// All candidates of all places, each once, in the order written.
std::vector<NodeId> candidates(std::span<const PlaceChoice> places);

}  // namespace outagesim

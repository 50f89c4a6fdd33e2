// Faults that people end, as a part of a product's chain: their incidents from
// strike to repair, with those that wait for a responder. So many at once are
// counted that hardly any finds no room, as far as there is room for states;
// how many may not is told by state.
#pragma once

#include <optional>
#include <vector>

#include "models/analysis/chain_part.h"

namespace outagesim {

// Precondition: `faults` (into Plan::faults) share no team with others, and
// have no crew_doubts(). Room for so many times what they should need. Nothing
// where that makes too many states.
std::optional<ChainPart> crew_part(const Model& model,
                                   const std::vector<std::uint32_t>& faults,
                                   LawFits& fits, std::uint32_t more_room = 1);

}  // namespace outagesim

// Which parts of a chain may stand for one another: nothing but how many of
// them are in each state matters, so a chain counts them. Those of the cells of
// one service that nothing tells apart, and those of services that only one
// quorum need asks for. What strikes several at once (a common cause) must
// always leave all of a group alike.
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/chain_part.h"

namespace outagesim {

// Groups of two or more, by position in `parts`. O(parts × losses).
std::vector<std::vector<std::uint32_t>> alike_parts(
    const Model& model, const std::vector<ChainPart>& parts);

}  // namespace outagesim

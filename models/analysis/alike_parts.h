// Which background processes may stand for one another in a chain: nothing but
// their number matters, so a chain counts how many of them are down. Those of
// the cells of one service that nothing tells apart, and those of services that
// only one quorum need asks for.
#pragma once

#include <cstdint>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

// Groups of two or more, by position in `processes`, which are numbers into
// Plan::processes. O(processes log processes).
std::vector<std::vector<std::uint32_t>> alike_processes(
    const Model& model, const std::vector<std::uint32_t>& processes);

}  // namespace outagesim

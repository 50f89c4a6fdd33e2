// What stood on the places of a fault: needs that relied on them when they
// fell. They stay cold until they have restarted, or turn elsewhere.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Whether it matters what stood on the fault's place: it must restart, or a
// remedy can turn it elsewhere.
bool tracks_standing(const World& world, const CompiledFault& fault);
// Notes the needs that rely on a failed cell right now; where they will have to
// restart they stay cold until then.
void note_standing(World& world, std::uint32_t incident, Affected& cell);
// The cell is back: each dependent that stood on it restarts in its own time,
// correlated within the incident by a Gaussian copula.
void start_standing(World& world, std::uint32_t incident, Affected cell);
// What stood on a failed place no longer waits for it: it has turned elsewhere.
void resolve_standing(World& world, std::uint32_t standing);
// What stood on a place that is back has restarted.
void standing_warm(World& world, std::uint32_t standing);

}  // namespace outagesim

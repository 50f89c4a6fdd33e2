// What the load tells whoever records it.
#pragma once

#include <cstdint>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

struct World;

// Puts the stations of the last refresh, a caller that began or ceased to call,
// or a cache that was lost or is back into the world's record, if it has one.
void note_touched(World& world);
void note_caller(World& world, std::uint32_t caller, bool calls);
void note_flush(World& world, std::uint32_t station);
void note_cache(World& world, std::uint32_t stream, bool lost);

}  // namespace outagesim

// Caches that run out while what they stand before is down, and fill again.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Once: the ticks of each law.
void prepare_caches(World& world);
void cached_target_changed(World& world, NeedId need);
// The next of the equal steps into which the curve is cut.
void cache_step(World& world, std::uint32_t state);

}  // namespace outagesim

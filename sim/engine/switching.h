// Alternatives of which one is active: detection, switch-over with its time
// and its chance of failure, return; by machine or by hand.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void alternative_changed(World& world, NeedId need);
void switch_detected(World& world, std::uint32_t state);
void switch_done(World& world, std::uint32_t state);
// By hand: turns the need to its first alternative that works, if any.
void turn(World& world, NeedId need);

}  // namespace outagesim

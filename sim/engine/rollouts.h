// A change that spreads over cells in waves, with time to bake, health checks
// and halts.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void wave_starts(World& world, std::uint32_t incident, std::uint32_t wave);
// The change has reached a cell; its effect may come later.
void cell_changed(World& world, std::uint32_t incident, std::uint32_t affected);
void change_takes_effect(World& world, std::uint32_t incident,
                         std::uint32_t affected);
// The wave has had its time: check, then the next wave.
void wave_baked(World& world, std::uint32_t incident, std::uint32_t wave);
// Stops the waves that have not begun; cells not yet changed stay as they are.
void halt_rollout(World& world, std::uint32_t incident);

}  // namespace outagesim

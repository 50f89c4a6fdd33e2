// What bears on a node's own factor, and how a cell comes back once nothing
// holds it down: restart, start-up limits, ramps.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Adds an effect to its node and returns its index. O(effects on the node).
std::uint32_t add_effect(World& world, const Effect& effect);
// Lifts it; a node that was down begins its restart.
void remove_effect(World& world, std::uint32_t effect);
// To be called when an effect's strength has changed.
void refresh_strength(World& world, std::uint32_t effect);
// Recomputes a node's own factor from its effects and its restart.
void refresh_own(World& world, NodeId node);

// The next step of a restart that is under way.
void restart_step(World& world, NodeId node, std::uint32_t step);
// Cells that wait for a service they need to start: tries them again.
void retry_starts(World& world);

// Curves and ramps are cut into this many steps of equal quantile.
inline constexpr std::uint32_t kSteps = 64;

}  // namespace outagesim

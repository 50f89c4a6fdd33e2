// Faults with a condition: "db < 50 % for 30 min", "remedy X done".
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Once: which fault waits for what.
void list_watchers(World& world);
// A node that some condition watches has changed.
void watch_conditions(World& world, NodeId changed);
// The condition of a fault has held for as long as it asks.
void condition_held(World& world, std::uint32_t fault);
// Something happened that a fault may be waiting for.
void fire_after(World& world, CompiledTrigger::Kind what,
                std::uint32_t subject);

}  // namespace outagesim

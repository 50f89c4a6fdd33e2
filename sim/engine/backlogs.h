// Work that queues while an async need's target is away, and is drained after.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void async_target_changed(World& world, NeedId need);
void backlog_drained(World& world, std::uint32_t state);

}  // namespace outagesim

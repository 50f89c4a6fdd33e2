// The state of a world before its first event.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Once per engine: sizes everything by the model and finds who watches whom.
void prepare(World& world);
// Before each replication; keeps the memory.
void reset(World& world);

}  // namespace outagesim

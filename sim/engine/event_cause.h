// Which fault, background failure or common cause an event is a consequence of.
#pragma once

#include <cstdint>

#include "sim/engine/event.h"

namespace outagesim {

struct World;

// kNone where the event has none, or changes no health by itself. O(1).
std::uint32_t cause_of_event(const World& world, const Event& event);

}  // namespace outagesim

// What a remedy does to each cell it reaches.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Appends to World::work what the run can act on now, in the remedy's order.
void list_work(World& world, RemedyRun& run);
// Does it. Nothing happens to a cell that something else has restored.
void act(World& world, std::uint32_t run, std::uint32_t item);
// Takes back what was to last for the incident only.
void take_back(World& world, const RemedyRun& run);

}  // namespace outagesim

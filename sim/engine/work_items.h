// What a remedy does to each cell it reaches.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Appends to World::work what the run can act on now, in the remedy's order.
void list_work(World& world, RemedyRun& run);
// Does it. Nothing happens to a cell that something else has restored.
void act(World& world, std::uint32_t run, std::uint32_t item);
// Takes back what was to last for the incident only, but traffic: cells that
// are back may still be filling their caches, and nobody is in a hurry.
void take_back(World& world, const RemedyRun& run);
// Before another incident traffic of those that are over is where it was.
void send_traffic_back(World& world);

}  // namespace outagesim

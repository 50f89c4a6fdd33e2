// Remedies: cell by cell, in parallel or one after another, racing each other
// and the fault's own end; lock-outs and break-glass access.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// The incident's remedies that wait for no other ask for a responder.
void start_remedies(World& world, std::uint32_t incident);
// A responder is there.
void begin_remedy(World& world, std::uint32_t run);
// The time of the work item at `position` has come.
void remedy_cell(World& world, std::uint32_t run, std::uint32_t position);
void break_glass(World& world, std::uint32_t run);
// A service that some remedy needs has changed.
void locks_changed(World& world);
// The incident is over: stops its remedies and takes their effects back.
void end_remedies(World& world, std::uint32_t incident);

}  // namespace outagesim

// When a fault strikes and ends, cell by cell, and what stood on the cells.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Schedules the first occurrence of every fault that has a time or a rate.
void schedule_faults(World& world);

void strike(World& world, std::uint32_t fault);
// An incident's own duration is over: all its cells come back.
void end_incident(World& world, std::uint32_t incident);

// The effect begins on one cell.
void hit_cell(World& world, std::uint32_t incident, std::uint32_t affected);
// The cell comes back, or will not be hit any more.
void restore_cell(World& world, std::uint32_t incident, std::uint32_t affected);
// The incident's affected cell at this node, in one of two states; kNone if
// there is none. O(log cells).
std::uint32_t affected_at(const World& world, const Incident& of, NodeId node,
                          Affected::Is is, Affected::Is or_is);
// Closes the incident once nothing of it is down or pending any more.
void close_if_all_back(World& world, std::uint32_t incident);

// A gradual fault grows; an intermittent one comes and goes.
void strength_step(World& world, std::uint32_t incident, std::uint32_t step);
void episode_starts(World& world, std::uint32_t incident, std::uint32_t period);
void episode_ends(World& world, std::uint32_t incident);

// The cells of a choice, drawn at random where it says so; into world.picks
// as indices of choice.nodes.
void pick_cells(World& world, const PlaceChoice& choice, std::uint64_t entity,
                Purpose purpose);

}  // namespace outagesim

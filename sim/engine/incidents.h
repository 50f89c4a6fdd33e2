// What people do about a fault: notice it (a race of signals), engage,
// diagnose, and tell their users. Remedies follow in remedies.h.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void start_detection(World& world, std::uint32_t incident);
// A node that some signal goes through has changed its served fraction.
void signals_changed(World& world, NodeId node);
// The rate of crowd reports has changed.
void crowd_changed(World& world);
void signal_goes_off(World& world, std::uint32_t incident,
                     std::uint32_t signal);

void ready_to_engage(World& world, std::uint32_t incident);
void engaged(World& world, std::uint32_t incident);
void diagnosed(World& world, std::uint32_t incident);
// All that the incident took down is back.
void close_incident(World& world, std::uint32_t incident);

// A public word is due; it waits while the page it stands on is down.
void say(World& world, const Word& word);
void page_changed(World& world);

// People are served again for the first time, on a cell or by a way around.
void note_mitigated(World& world, std::uint32_t incident);

}  // namespace outagesim

// Responders: first come, first served within a team; on-call hours,
// escalation to another team, hand-overs of long work.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Grants at once if the team has somebody free, otherwise queues. Returns the
// task's index.
std::uint32_t ask_for_responder(World& world, const Task& task);
// Withdraws a wish that is still waiting; kNone is allowed.
void cancel_task(World& world, std::uint32_t task);
// Someone of the team is free again, and takes the next wish.
void release_responder(World& world, std::uint32_t team);
// A wish has waited for as long as its team allows.
void escalate(World& world, std::uint32_t task);

// Added to engaging outside the team's on-call hours. kNone: no team.
Seconds off_hours_delay(const World& world, std::uint32_t team,
                        std::uint64_t key);
// Work longer than a shift costs a hand-over for each further shift begun.
Seconds with_hand_overs(const World& world, std::uint32_t team, Seconds work);

}  // namespace outagesim

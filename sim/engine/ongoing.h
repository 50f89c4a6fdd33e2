// Repairs that were going on before the beginning, of stationary processes
// whose failures count from start to start and of common causes. Failures then
// arrive whatever is in repair, so the number in repair is that of a queue with
// infinitely many servers: Poisson with mean rate × mean repair [Takacs62],
// each with the residual of a length-biased repair left. Exact for exponential
// times between failures; for others the number is right in the mean and taken
// as independent of when the next failure comes, and a profile's hours count
// with their mean.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

// Puts the ongoing repairs of a process or a common cause into the world.
// Precondition: it is stationary, and counts from start to start.
void begin_ongoing_repairs(World& world, std::uint32_t process);
void begin_ongoing_strikes(World& world, std::uint32_t common_cause);

}  // namespace outagesim

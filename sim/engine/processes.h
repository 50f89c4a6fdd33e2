// The failures of the years: renewal processes and common causes.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void schedule_processes(World& world);
void process_fails(World& world, std::uint32_t process);
// `process` numbers processes first, then common causes.
void process_repaired(World& world, std::uint32_t effect,
                      std::uint32_t process);
void common_cause_strikes(World& world, std::uint32_t common_cause);

}  // namespace outagesim

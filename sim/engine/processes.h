// The failures of the years: renewal processes and common causes.
#pragma once

#include <vector>

#include "sim/engine/world.h"

namespace outagesim {

void schedule_processes(World& world);
void process_fails(World& world, std::uint32_t process);
// `process` numbers processes first, then common causes.
void process_repaired(World& world, std::uint32_t effect,
                      std::uint32_t process);
void common_cause_strikes(World& world, std::uint32_t common_cause);

// --- Their times ---

// What a process begins with: its first failure, or down for `wait` more.
struct FirstFailure {
  Seconds at{0};
  bool is_down = false;
  Seconds wait{0};
};
// Precondition: not from start to start if stationary.
FirstFailure first_failure(World& world, std::uint32_t process);
// Of the failure that is happening.
Seconds time_to_repair(World& world, std::uint32_t process);
// When it fails for the `occasion`-th time, the failure of now being repaired
// after `repair`.
Seconds next_failure(World& world, std::uint32_t process,
                     std::uint32_t occasion, Seconds repair);

// Makes the first block of draws of every process before any is waited for:
// the processor makes several at a time, 4 % of a year of ten services.
void make_first_draws(World& world);

// All of them up to the horizon, of a process that nothing else touches. False
// where two are at one instant, or all lists grow too long.
bool list_turns(World& world, std::uint32_t process,
                std::vector<PlainTurn>& turns);

// Their parts, also for what was going on before the beginning. The cause of
// what a process or common cause does, numbered as above.
std::uint32_t cause_of_process(const World& world, std::uint32_t process);
// Takes the health that a failure's severity costs, in the world's cause.
void fail_nodes(World& world, const std::vector<NodeId>& nodes,
                const std::optional<Distribution>& severity, std::uint64_t key,
                std::uint32_t occasion);
// Repairs what fail_nodes() has just done. Effects are lifted one by one, each
// by its own event at the same time.
void schedule_repair(World& world, const std::vector<NodeId>& nodes, Seconds at,
                     std::uint32_t process);

}  // namespace outagesim

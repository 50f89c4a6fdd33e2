// A shorter way through a replication of a plain model: services that fail and
// are repaired by themselves, of one cell each, whose needs pass on all or
// nothing; no faults, teams, states or load. What is down is then a count for
// each product, so nothing has to be settled, and of each process only the next
// turn has to be kept in order. Same draws, same bytes as the general loop,
// which runs where a trace is asked for. A year of ten services: under half of
// the instructions.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/base/units.h"
#include "sim/core/tournament.h"

namespace outagesim {

struct Model;
struct World;

// What a process takes with it, and its state.
struct PlainProcesses {
  explicit PlainProcesses(const Model& model);

  struct Range {
    std::uint32_t first = 0, last = 0;
  };
  // By process, into `products` or `services`.
  std::vector<Range> takes_down;  // products that serve nothing then
  std::vector<Range> degrades;    // products not all of whose answers are full
  std::vector<Range> fells;       // services that serve nothing then
  std::vector<std::uint32_t> products, services;
  std::vector<std::uint32_t> nodes;  // by product: what stands for it

  // Whether measure_total() will do for what changes: nobody and nothing is
  // degraded.
  bool is_total = false;

  // State of a replication.
  Tournament turns;
  struct Next {
    Seconds failure{0};
    std::uint64_t number = 0;  // kBeyond: after the horizon
    bool is_down = false;
  };
  std::vector<Next> next;               // by process
  std::vector<std::uint32_t> changed;   // products, at this instant
  std::vector<std::uint32_t> down;      // by product: processes that do it
  std::vector<std::uint32_t> degraded;  // the same
};

// Null where the model is not plain.
std::unique_ptr<PlainProcesses> plain_processes(const World& world);

// All events of a replication. Precondition: world.plain.
void run_plain(World& world);

}  // namespace outagesim

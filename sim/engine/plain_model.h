// Which models are plain, and what each of their processes takes with it: see
// plain.h for what that is good for.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/core/time_order.h"

namespace outagesim {

// A process falls, or comes back.
struct PlainTurn {
  double time = 0;  // s on the engine's clock
  std::uint32_t process = 0;
  std::uint32_t falls = 0;  // 1, or 0: a whole word, so all is copied at once

  // In the order of the general loop, where that is not a matter of numbers.
  friend bool operator<(const PlainTurn& a, const PlainTurn& b) {
    return a.time != b.time ? a.time < b.time : a.process < b.process;
  }
};

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

  // Whether each product is either all there or in an outage, nobody and
  // nothing being degraded.
  bool is_total = false;

  // State of a replication.
  std::vector<PlainTurn> turns;  // process after process
  TimeOrder<PlainTurn> order;
  std::vector<std::uint32_t> changed;   // products, at this instant
  std::vector<std::uint32_t> down;      // by product: processes that do it
  std::vector<std::uint32_t> degraded;  // the same
};

// Null where the model is not plain.
std::unique_ptr<PlainProcesses> plain_processes(const Model& model);

}  // namespace outagesim

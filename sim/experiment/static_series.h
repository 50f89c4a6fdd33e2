// Many trials of a static question, on all cores. A block of words is a pure
// function of seed and number, and counts add up: the same answer with any
// number of threads.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "sim/engine/static_trials.h"
#include "sim/stats/proportion.h"

namespace outagesim {

struct StaticOptions {
  std::uint64_t trials = 100'000'000;  // rounded up to a multiple of 4096
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all cores
};

struct StaticAnswer {
  std::uint64_t trials = 0;
  std::vector<Proportion> up;  // by node
};

// Where it is stopped, what was finished.
StaticAnswer run_static(const StaticSystem& system,
                        const StaticOptions& options,
                        const std::stop_token& stop = {});

}  // namespace outagesim

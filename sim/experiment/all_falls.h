// How much falls with each service, for all services: the sweeps of
// fall_counts.h, spread over threads. The same answer for any number of them.
#pragma once

#include <stop_token>
#include <vector>

#include "models/analysis/fall_counts.h"

namespace outagesim {

// In the author's order; nothing where it was stopped. `threads`: 0 for all
// cores. Memory: 64 bytes a node and thread.
std::vector<FallCount> all_falls(const Model& model, unsigned threads,
                                 std::stop_token stop = {});

}  // namespace outagesim

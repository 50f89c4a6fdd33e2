// A simpler system whose mean is known: one in which failures never meet, so
// that what a product loses is the sum, over the processes that fail, of what
// each does alone times the time it is failed. Each process alone is a chain of
// two states, solved in closed form [Cox62]. The sum is a control variate: it
// varies with what the whole system loses, and nothing of the whole system's
// answer is in it.
#pragma once

#include <cstdint>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

// A weight times the time for which a process is failed.
struct ControlTerm {
  std::uint32_t process = 0;  // into Plan::processes
  double weight = 1;
};

// The terms' sum, in seconds a replication, and its exact mean.
struct LinearControl {
  std::vector<ControlTerm> terms;
  Seconds mean{0};
};

struct LinearControls {
  std::vector<LinearControl> lost;  // by product: weight = share not served
  std::vector<LinearControl> out;   // by product: 1 where that is an outage
  LinearControl any_out;            // the same of any product
};

// How long the process is failed on average within `watched` of its beginning;
// NaN where no exact form is known: it is where the process is in equilibrium,
// or both times are exponential and it begins as new, and neither its clock nor
// failures that overlap come between.
Seconds mean_time_failed(const Process& process, Seconds watched);

// Processes whose mean is not known are left out. O(nodes), then for each
// process what its fall touches.
LinearControls linear_controls(const Model& model);

// What the control comes to, given for how long each process was failed, less
// its mean: in seconds, 0 on average.
double centred(const LinearControl& control,
               const std::vector<double>& failed_time);

}  // namespace outagesim

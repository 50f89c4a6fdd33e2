// Programs run to their end, and what they took of time, processor and memory.
#pragma once

#include <string>
#include <vector>

#include "models/base/units.h"

namespace outagesim::bench {

using Command = std::vector<std::string>;  // the program's path first

struct Spent {
  Seconds wall{0};
  Seconds processor{0};   // user and system, of all threads and children
  double peak_bytes = 0;  // resident; of the largest, where there are several
};

struct Done {
  Spent spent;
  std::string output;
};

// Throws std::runtime_error with what it said if it does not end well.
Done run_command(const Command& command);

// The same at once: the wall clock until the last has ended, the processor time
// of all together, the output of the first.
Done run_together(const std::vector<Command>& commands);

// As a shell would show it; paths within the source tree from there.
std::string shown(const Command& command);

}  // namespace outagesim::bench

// The story of one replication: what happened when, and why. Asked for, it is
// written; otherwise it costs one comparison of a pointer.
#pragma once

#include <string>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

struct TraceLine {
  Seconds t;         // from the scenario's start
  std::string what;  // "scus.c goes down"
  std::string why;   // "fault power"
};

struct Trace {
  std::vector<TraceLine> lines;
};

}  // namespace outagesim

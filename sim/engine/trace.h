// The story of one replication: what happened when, and why, and what every
// service served meanwhile. Asked for, it is written; otherwise it costs one
// comparison of a pointer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

struct TraceLine {
  Seconds t;         // from the scenario's start
  std::string what;  // "scus.c goes down"
  std::string why;   // "fault power"
};

// A step of any service's served fraction: holds from `t` to its next step. Of
// several at one moment the last holds.
struct ServiceStep {
  double t = 0;               // s from the scenario's start
  std::uint32_t service = 0;  // into Graph::services
  float served = 1;           // of what it serves without faults
};

struct Trace {
  std::vector<TraceLine> lines;
  std::vector<ServiceStep> steps = {};  // changes only, by time
};

}  // namespace outagesim

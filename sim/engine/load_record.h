// What one replication tells about its load: what the rest of the system did
// to it, and what it served, step by step.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/load_state.h"

namespace outagesim {

// One change from outside the flow: of a station's inputs, of a cache, of
// whether a caller calls, or a flush. The others are kNone.
struct LoadInputStep {
  Seconds at{0};  // from the scenario's start
  std::uint32_t station = kNone;
  StationInput input;
  double scale = 1;              // of the scale-out
  std::uint32_t stream = kNone;  // its cache …
  bool cache_is_lost = false;
  std::uint32_t caller = kNone;
  bool calls = true;
  std::uint32_t flushed = kNone;  // a station that is flushed now
};

// Holds until the stream's next step.
struct StreamStep {
  Seconds at{0};
  std::uint32_t stream = 0;
  PerSecond demand{0}, good{0}, gone{0};  // good: with those from a cache
  double success = 1;
};

struct StationStep {
  Seconds at{0};
  std::uint32_t station = 0;
  PerSecond arriving{0}, served{0}, capacity{0};
  double queue = 0;  // at the beginning of the step
  Seconds mean{0};   // time to an answer
  Seconds late{0};   // that 1 % exceed
};

struct LoadRecord {
  std::vector<LoadInputStep> inputs;
  std::vector<StreamStep> streams;
  std::vector<StationStep> stations;
};

}  // namespace outagesim

// What a replication keeps of each part: of a node that restarts, of a need
// that remembers, of a product.
#pragma once

#include <cstdint>

#include "models/base/units.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct RestartState {
  enum class Is : std::uint8_t {
    kUp,
    kDown,
    kNeedsStart,
    kNeedsSlot,
    kRamping
  };
  Is is = Is::kUp;
  float ramp = 1;
  std::uint32_t epoch = 0;
  std::uint64_t occasion = 0;  // of its fall: the index of its draws
  std::uint32_t cause = kNone;
};

// Beside NeedState: what drives it.
struct NeedDrive {
  std::uint32_t epoch = 0;
  std::uint64_t occasion = 0;  // of the fall switched for: index of draws
  std::uint32_t step = 0;      // of the cache curve
  std::uint32_t cause = kNone;
  std::uint32_t wanted = 0;  // alternative being switched to
  Seconds since{0};          // start of the curve, or of the backlog's rate
  Seconds shift{0};          // where on its curve the cache started
  double from = 0;           // residual at the start of recovery
  double level = 0;          // 1 - reach of the target, as last seen
  double backlog = 0;        // s of own arrivals
  std::uint32_t standing = kNone;  // list, of those that stood on a failure
  bool detecting = false;
  bool stuck = false;  // switch-over failed; waits for hands or recovery
};

struct ProductState {
  double base = 1;    // served fraction without faults
  double served = 1;  // of base
  double full = 1;    // of what is served
  Seconds since{0};
  std::uint32_t outage = kNone;         // open one, into Replication::outages
  std::uint32_t awaiting_full = kNone;  // earliest one not fully recovered
  Seconds risen{0};                     // since when at or above the threshold
  Seconds substantial{0};               // since when at or above `substantial`
  Seconds full_since{0};                // since when not even degraded
  std::uint32_t epoch = 0;
  double seen = 1;                   // served, as last settled
  std::uint32_t lowered_by = kNone;  // the first cause, at this instant
  bool lowered_more = false;         // by a second cause, at this instant
};

}  // namespace outagesim

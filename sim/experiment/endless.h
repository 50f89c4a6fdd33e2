// A replication that was given up because it would not end.
#pragma once

#include <string>

#include "models/base/error.h"
#include "sim/engine/replication.h"

namespace outagesim {

// Throws a UsageError if the replication was given up: its numbers mean
// nothing. What run_blocks() calls may throw.
inline void refuse_endless(const Replication& replication) {
  if (!replication.endless) return;
  throw UsageError(
      "replication " + std::to_string(replication.index) +
      " does not end: its faults and remedies cause one another again and "
      "again; give a fault that waits for another a delay, or a probability "
      "`happens` below 100 %");
}

}  // namespace outagesim

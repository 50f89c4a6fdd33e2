// What a replication keeps of load: the flow's state, and whom of the system it
// is about.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/load_record.h"

namespace outagesim {

struct LoadInWorld {
  LoadInWorld(const LoadNet& net, const std::vector<Clock>& clocks)
      : state(net, clocks) {}

  LoadState state;
  NodeSet recheck{0};                 // stations: what they need has moved
  std::vector<std::uint32_t> cached;  // streams with a cache
  std::vector<std::vector<std::uint32_t>> calls_of;  // callers, by station
  std::vector<std::uint32_t> stream_of;              // by caller
  std::vector<double> own;  // by station: own factor but for load
  std::vector<std::vector<LoadedEntry>> entries_of;  // by stream
  std::vector<std::uint32_t> fallen;      // by station: its effect, or kNone
  std::vector<std::uint32_t> causes;      // by station: of its last input
  std::vector<std::uint8_t> keeps_cache;  // by node
  std::uint32_t epoch = 0;                // of the next event
  bool moved = false;  // something has changed since the last
  int rounds = 0;      // of settling at this instant
  Seconds settled_at{-1};
  LoadRecord* record = nullptr;  // filled if not null
};

// Null where the model has no load. The model must outlive it.
std::unique_ptr<LoadInWorld> make_load(const Model& model);

}  // namespace outagesim

// One queue with callers, without the rest of the system: what the load flow
// and the request fidelity are tested on.
#pragma once

#include <utility>
#include <vector>

#include "sim/engine/load_state.h"

namespace outagesim {

struct OneQueue {
  double offered = 1;  // a second
  double capacity = 1;
  double timeout = kNoBound;  // s
  RetryPolicy retry{};
  double room = kNoBound;
};

inline LoadNet net_of(const OneQueue& queue) {
  LoadNet net;
  LoadStation station;
  station.node = 0;
  station.capacity = {queue.capacity};
  station.room = queue.room;
  station.streams = 1;
  net.stations.push_back(station);
  CallStream stream;
  stream.timeout = {queue.timeout};
  stream.retry = queue.retry;
  stream.offered = {queue.offered};
  net.streams.push_back(stream);
  net.station_of = {0};
  net.callees.resize(1);
  return net;
}

// Lets the flow run to `to`.
inline void run_to(LoadState& load, double to) {
  while (next_load_event(load).value <= to) {
    advance_load(load, next_load_event(load));
    refresh_load(load);
  }
  load.now = {to};
  mark_all_dirty(load);
  refresh_load(load);
}

inline void set_capacity(LoadState& load, double share) {
  load.stations[0].in.capacity = share;
  mark_dirty(load, 0);
  refresh_load(load);
}

}  // namespace outagesim

// The load flow without the rest of the system: nothing fails but for load, so
// a whole call tree can be asked what a trigger of a given size does to it.
#pragma once

#include <vector>

#include "sim/engine/load_state.h"

namespace outagesim {

// The same net at its mean load times `scale`: no hours, no surges.
LoadNet at_constant_load(const LoadNet& net, double scale);

// One station with all that load ties to it, and the station's number there.
struct ConnectedLoad {
  LoadNet net;  // without `entries` and `station_of`
  std::uint32_t station = 0;
};
// What callers and callees of callers … reach; the rest cannot matter. O(net).
ConnectedLoad connected_load(const LoadNet& net, std::uint32_t station);

// Failures of calls become errors of their callers until nothing changes.
void settle_alone(LoadState& load);
// Lets it run to `to`, from the simulation's beginning.
void run_alone(LoadState& load, Seconds to);

// For a while a station has only this share of its capacity.
struct LoadTrigger {
  std::uint32_t station = 0;
  double capacity_left = 0;
  Seconds lasting{0};
};

struct Aftermath {
  bool heals = false;
  Seconds recovery{0};  // from the trigger's end until all is served again
};

// Peace, the trigger, and then up to `patience`: whether every call from
// outside succeeds again. The net must be at constant load.
Aftermath after_trigger(const LoadNet& net, const LoadTrigger& trigger,
                        Seconds patience);

// The longest time-out of calls into the station, or a second without any.
Seconds longest_timeout_of(const LoadNet& net, std::uint32_t station);

}  // namespace outagesim

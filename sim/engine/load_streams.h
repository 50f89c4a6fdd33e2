// What one kind of caller does: makes calls, retries those that failed, keeps
// its budget, its breaker and its cache. Internal to the load flow.
#pragma once

#include "sim/engine/load_state.h"

namespace outagesim {

// Whether calls are made twice where no answer comes in time.
inline bool is_hedged(const LoadNet& net, const CallStream& stream) {
  return stream.hedge < stream.timeout &&
         net.stations[stream.station].capacity.value < kNoBound;
}

// New calls and retries as they are made now, by attempt.
void make_calls(LoadState& load, std::uint32_t stream);
// How they end, given what its station admits and serves. Returns by how much
// the failures of an attempt have changed, a second.
double end_calls(LoadState& load, std::uint32_t stream);
// Puts the present rates into the lines that bring them back later.
void remember(LoadState& load, std::uint32_t stream, double tolerance);

// When the stream next changes by itself, from its lines, breaker and cache,
// and from the calendar of what is offered.
Seconds next_stream_event(const LoadState& load, std::uint32_t stream);
// Integrates over `dt`, then takes what is due at load.now.
void advance_stream(LoadState& load, std::uint32_t stream, double dt);

// When a station or a stream into it next changes by itself.
Seconds next_station_event(const LoadState& load, std::uint32_t station);
// Moves a station and its streams on to load.now and takes what is due.
void catch_up(LoadState& load, std::uint32_t station);

// Of the queue, the oldest segment and its mixture.
void drop_segment(StationState& state);
// Loses the oldest work of a queue.
void drop_oldest(LoadState& load, std::uint32_t station, double amount);

// A cache fills in so many steps.
inline constexpr double kCacheSteps = 64;

// Rounding of amounts, given rates and the resolution of time.
inline double load_rounding(double rate) { return 1e-9 + rate * 1e-9; }

}  // namespace outagesim

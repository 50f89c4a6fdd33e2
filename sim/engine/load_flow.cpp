// Time passes: the next event of the load, and the move to it.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_state.h"
#include "sim/engine/load_streams.h"

namespace outagesim {
namespace {

// Jitter is taken as four equal parts at the middles of its quarters.
constexpr int kJitterParts = 4;

// More events than this, and steps below a thousandth are passed over.
constexpr std::uint64_t kManyEvents = 200'000;

void add_retry_lines(const RetryPolicy& retry, StreamState& state) {
  double wait = retry.backoff.value;
  for (std::uint32_t k = 0; k + 1 < state.attempts; ++k, wait *= retry.grows) {
    const bool spread = retry.jitter.value > 0 && wait > 0;
    const int parts = spread ? kJitterParts : 1;
    for (int j = 0; j < parts; ++j) {
      const double at = spread ? (2.0 * j + 1) / parts - 1 : 0;  // in (-1, 1)
      const Seconds delay{wait * (1 + retry.jitter.value * at)};
      state.retries.push_back({k, 1.0 / parts, LoadDelay(delay)});
    }
  }
}

StreamState fresh_stream(const LoadNet& net, const CallStream& stream) {
  StreamState state;
  state.attempts = std::max(1U, stream.retry.attempts);
  state.calls.assign(state.attempts, 0);
  state.admitted.assign(state.attempts, 0);
  state.failing.assign(state.attempts, 0);
  state.waits = stream.timeout < kForever &&
                net.stations[stream.station].capacity.value < kNoBound;
  if (state.waits) {
    state.ago.assign(state.attempts, LoadDelay(stream.timeout));
    state.all_ago = LoadDelay(stream.timeout);
  } else {
    state.gap = -kNoBound;
  }
  add_retry_lines(stream.retry, state);
  if (stream.breaker) {
    state.ends_ago = LoadDelay(stream.breaker->window);
    state.ends_failing_ago = LoadDelay(stream.breaker->window);
  }
  state.entries = stream.entries;
  return state;
}

Seconds next_of_queue(const LoadState& load, const StationState& state) {
  Seconds next = state.scales_at;
  const double grows = state.admitted - state.served;
  if (state.queue > 0 && grows < 0) {
    next = std::min(next, load.now + Seconds{state.queue / -grows});
  }
  if (grows > 0 && state.queue < state.room && state.room < kNoBound) {
    next =
        std::min(next, load.now + Seconds{(state.room - state.queue) / grows});
  }
  if (state.segments.size() > 1 && state.served > 0) {
    next = std::min(
        next, load.now + Seconds{state.segments.front().amount / state.served});
  }
  return next;
}

void move_segments(const LoadState& load, StationState& state, double dt) {
  if (state.segments.empty()) return;
  state.segments.back().amount += state.admitted * dt;
  if (state.admitted > 0) state.segments.back().last = load.now;
  double gone = state.served * dt;
  const double rounding = load_rounding(state.served);
  while (!state.segments.empty()) {
    LoadSegment& oldest = state.segments.front();
    if (oldest.amount > gone + rounding) {
      oldest.first += (oldest.last - oldest.first) * (gone / oldest.amount);
      oldest.amount -= gone;
      return;
    }
    gone = std::max(0.0, gone - oldest.amount);
    if (state.segments.size() == 1) return;
    state.segments.pop_front();
  }
}

void advance_station(LoadState& load, std::uint32_t id, double dt) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  if (station.capacity.value == kNoBound) return;
  state.queue += (state.admitted - state.served) * dt;
  const double rounding = load_rounding(state.admitted + state.served);
  if (state.queue <= rounding) state.queue = 0;
  if (std::abs(state.queue - state.room) <= rounding) state.queue = state.room;
  move_segments(load, state, dt);
  if (load.now >= state.scales_at) {
    const ScaleOut& law = *station.scale_out;
    const double wanted =
        state.arriving / (law.above.value * station.capacity.value);
    state.scale = std::clamp(wanted, state.scale, law.ceiling);
    state.scales_at = kForever;
  }
  if (station.falls_over_after && !state.fell &&
      load.now >= state.silent_since + *station.falls_over_after) {
    state.fell = true;
  }
}

Seconds next_fall(const LoadStation& station, const StationState& state) {
  if (!station.falls_over_after || state.fell) return kForever;
  return state.silent_since + *station.falls_over_after;
}

// M/G/c: probability of waiting, and mean wait of those who do [Lee59].
struct StationaryWait {
  double waits = 0;  // Erlang C
  Seconds mean{0};   // of those who wait
  Seconds work{0};
};

StationaryWait stationary_wait(const LoadStation& station,
                               const StationState& state) {
  StationaryWait wait;
  if (station.capacity.value == kNoBound || state.capacity <= 0) return wait;
  const double c = station.at_once;
  const double work = c / state.capacity;
  wait.work = Seconds{work};
  const double rho = std::min(state.admitted / state.capacity, 1 - 1e-9);
  double blocked = 1;  // Erlang B
  for (std::uint32_t i = 1; i <= station.at_once; ++i) {
    const double load = rho * c;
    blocked = load * blocked / (i + load * blocked);
  }
  wait.waits = blocked / (1 - rho * (1 - blocked));
  const double spread = (1 + station.varies * station.varies) / 2;
  wait.mean = Seconds{spread / (state.capacity * (1 - rho))};
  return wait;
}

}  // namespace

LoadState::LoadState(const LoadNet& n, const std::vector<Clock>& c)
    : net(n), clocks(c) {}

void reset_load(LoadState& load, Seconds begins) {
  load.now = {0};
  load.begins = begins;
  load.events = 0;
  load.coarse = false;
  load.stations.assign(load.net.stations.size(), {});
  load.calls_made.assign(load.net.callers.size(), 1);
  load.streams.clear();
  for (const CallStream& stream : load.net.streams) {
    load.streams.push_back(fresh_stream(load.net, stream));
  }
  for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
    const LoadStation& station = load.net.stations[id];
    std::uint32_t offset = 0;
    for (auto s = station.first_stream;
         s < station.first_stream + station.streams; ++s) {
      load.streams[s].offset = offset;
      offset += load.streams[s].attempts;
    }
  }
  load.dirty.assign(load.stations.size(), 1);
  refresh_load(load);
}

Seconds next_station_event(const LoadState& load, std::uint32_t id) {
  const LoadStation& station = load.net.stations[id];
  Seconds next = std::min(next_of_queue(load, load.stations[id]),
                          next_fall(station, load.stations[id]));
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    next = std::min(next, next_stream_event(load, s));
  }
  return next;
}

void catch_up(LoadState& load, std::uint32_t id) {
  StationState& state = load.stations[id];
  const double dt = (load.now - state.now).value;
  state.now = load.now;
  const LoadStation& station = load.net.stations[id];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    advance_stream(load, s, dt);
  }
  advance_station(load, id, dt);
}

Seconds next_load_event(const LoadState& load) {
  Seconds next = kForever;
  for (const StationState& state : load.stations) {
    next = std::min(next, state.next);
  }
  return std::max(next, load.now);
}

void advance_load(LoadState& load, Seconds to) {
  load.now = to;
  ++load.events;
  load.coarse = load.coarse || load.events > kManyEvents;
  for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
    if (load.stations[id].next <= to) load.dirty[id] = 1;
  }
}

void flush_station(LoadState& load, std::uint32_t station) {
  catch_up(load, station);
  drop_oldest(load, station, load.stations[station].queue);
  load.dirty[station] = 1;
}

double load_factor(const LoadState& load, std::uint32_t id) {
  const LoadStation& station = load.net.stations[id];
  const StationState& state = load.stations[id];
  double asked = 0, served = 0;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    asked += load.streams[s].demand;
    served += load.streams[s].demand * load.streams[s].success;
  }
  const double ready = (1 - state.in.errors) * (1 - state.in.failing);
  if (state.in.refuses) return 0;
  if (asked <= 0 || ready <= 0) return 1;
  return std::min(1.0, served / asked / ready);
}

Seconds mean_latency(const LoadState& load, std::uint32_t id) {
  const StationState& state = load.stations[id];
  const StationaryWait wait = stationary_wait(load.net.stations[id], state);
  if (state.queue > 0 && !state.segments.empty()) {
    return load.now - state.segments.front().first + wait.work;
  }
  return wait.mean * wait.waits + wait.work;
}

Seconds latency_quantile(const LoadState& load, std::uint32_t id,
                         Probability p) {
  const StationState& state = load.stations[id];
  const StationaryWait wait = stationary_wait(load.net.stations[id], state);
  if (state.queue > 0 && !state.segments.empty()) {
    return mean_latency(load, id) +
           wait.work * (-std::log(1 - p.value) - 1);  // its work is exponential
  }
  const double tail = wait.waits / (1 - p.value);
  const Seconds waited = tail > 1 ? wait.mean * std::log(tail) : Seconds{0};
  return std::max(waited + wait.work, wait.work * -std::log(1 - p.value));
}

}  // namespace outagesim

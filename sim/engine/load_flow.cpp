// Time passes: the next event of the load, and the move to it.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_state.h"
#include "sim/engine/load_streams.h"

namespace outagesim {
namespace {

// Jitter is taken as four equal parts at the middles of its quarters.
constexpr int kJitterParts = 4;

// More events than this of a station in the time that calls are remembered for,
// and small steps are passed over.
constexpr double kManyEvents = 1000;
constexpr std::uint64_t kCountedAtOnce = 5000;  // and 100 of each station
constexpr double kCoarse = 1e-3, kCoarsest = 0.03;

// In which a call is given up, unless its back-off grows.
Seconds memory_of(const CallStream& stream) {
  const double waits = stream.timeout < kForever ? stream.timeout.value : 0;
  return (Seconds{waits} + stream.retry.backoff) * stream.retry.attempts;
}

void watch_events(LoadState& load) {
  const std::uint64_t stations = load.stations.size();
  if (++load.counted < kCountedAtOnce + 100 * stations) return;
  const double all = double(load.counted) / double(stations);
  const Seconds passed = load.now - load.counted_from;
  if (passed * kManyEvents < load.memory * all) {
    load.tolerance = std::clamp(3 * load.tolerance, kCoarse, kCoarsest);
  } else if (passed * kManyEvents > 10 * all * load.memory) {
    load.tolerance = LoadState::kFinest;
  }
  load.counted = 0;
  load.counted_from = load.now;
}

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

StreamState first_stream_state(const LoadNet& net, const CallStream& stream) {
  StreamState state;
  state.attempts = std::max(1U, stream.retry.attempts);
  state.calls.resize(state.attempts);
  state.admitted.resize(state.attempts);
  state.failing.resize(state.attempts);
  state.waits = stream.timeout < kForever &&
                net.stations[stream.station].capacity.value < kNoBound;
  if (state.waits) {
    state.ago.assign(state.attempts, LoadDelay(stream.timeout));
    state.all_ago = LoadDelay(stream.timeout);
  }
  add_retry_lines(stream.retry, state);
  if (is_hedged(net, stream)) {
    state.hedge_ago = state.hedge_all_ago = LoadDelay(stream.hedge);
  }
  if (stream.breaker) {
    state.ends_ago = LoadDelay(stream.breaker->window);
    state.ends_failing_ago = LoadDelay(stream.breaker->window);
  }
  return state;
}

// Of what was called nothing comes back any more.
void forget_calls(StreamState& state) {
  for (LoadDelay& line : state.ago) line.fill(0);
  for (RetryLine& retry : state.retries) retry.line.fill(0);
  for (auto* line : {&state.all_ago, &state.hedge_ago, &state.hedge_all_ago}) {
    line->fill(0);
  }
  state.lost.clear();
  state.gap = state.waits ? 0 : -kNoBound;
  state.hedge_gap = 0;
}

// At rest, with the memory it has.
void rest(const CallStream& stream, StreamState& state) {
  StreamState at_rest;
  at_rest.attempts = state.attempts;
  at_rest.offset = state.offset;
  at_rest.waits = state.waits;
  at_rest.entries = stream.entries;
  at_rest.calls = std::move(state.calls);
  at_rest.admitted = std::move(state.admitted);
  at_rest.failing = std::move(state.failing);
  at_rest.ago = std::move(state.ago);
  at_rest.all_ago = std::move(state.all_ago);
  at_rest.lost = std::move(state.lost);
  at_rest.retries = std::move(state.retries);
  at_rest.hedge_ago = std::move(state.hedge_ago);
  at_rest.hedge_all_ago = std::move(state.hedge_all_ago);
  at_rest.ends_ago = std::move(state.ends_ago);
  at_rest.ends_failing_ago = std::move(state.ends_failing_ago);
  state = std::move(at_rest);
  for (auto* rates : {&state.calls, &state.admitted, &state.failing}) {
    std::ranges::fill(*rates, 0.0);
  }
  for (auto* line : {&state.ends_ago, &state.ends_failing_ago}) line->fill(0);
  forget_calls(state);
}

void rest(StationState& state) {
  StationState at_rest;
  at_rest.kinds = state.kinds;
  at_rest.segments = std::move(state.segments);
  at_rest.shares = std::move(state.shares);
  state = std::move(at_rest);
  state.segments.clear();
  state.shares.clear();
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
    drop_segment(state);
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

}  // namespace

LoadState::LoadState(const LoadNet& n, const std::vector<Clock>& c)
    : net(n),
      clocks(c),
      stations(n.stations.size()),
      next(n.stations.size()),
      dirty(n.stations.size()),
      later(n.stations.size()),
      is_touched(n.stations.size(), 0),
      by_priority(n.streams.size()),
      calls_made(n.callers.size(), 1) {
  for (const CallStream& stream : n.streams) {
    streams.push_back(first_stream_state(n, stream));
    memory = std::max(memory, memory_of(stream));
  }
  for (std::uint32_t id = 0; id < n.stations.size(); ++id) {
    const LoadStation& station = n.stations[id];
    const auto end = station.first_stream + station.streams;
    for (auto s = station.first_stream; s < end; ++s) {
      streams[s].offset = stations[id].kinds;
      stations[id].kinds += streams[s].attempts;
      by_priority[s] = s;
    }
    std::sort(by_priority.begin() + station.first_stream,
              by_priority.begin() + end, [&](std::uint32_t a, std::uint32_t b) {
                return std::pair(n.streams[b].priority, a) <
                       std::pair(n.streams[a].priority, b);
              });
  }
}

void reset_load(LoadState& load, Seconds begins) {
  load.now = {0};
  load.begins = begins;
  load.events = 0;
  load.tolerance = LoadState::kFinest;
  load.counted = 0;
  load.counted_from = load.now;
  std::ranges::fill(load.calls_made, std::uint8_t{1});
  for (StationState& station : load.stations) rest(station);
  for (std::uint32_t s = 0; s < load.streams.size(); ++s) {
    rest(load.net.streams[s], load.streams[s]);
  }
  mark_all_dirty(load);
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
  return std::max(Seconds{load.next.time()}, load.now);
}

void advance_load(LoadState& load, Seconds to) {
  load.now = to;
  ++load.events;
  watch_events(load);
  while (load.next.time() <= to.value) {
    const auto due = static_cast<std::uint32_t>(load.next.source());
    load.next.set(due, kForever.value);
    mark_dirty(load, due);
  }
}

void flush_station(LoadState& load, std::uint32_t station) {
  catch_up(load, station);
  drop_oldest(load, station, load.stations[station].queue);
  mark_dirty(load, station);
}

void flush_calls(LoadState& load, std::uint32_t id) {
  flush_station(load, id);
  const LoadStation& station = load.net.stations[id];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    forget_calls(load.streams[s]);
  }
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

}  // namespace outagesim

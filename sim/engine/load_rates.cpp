// What flows where, given the queues: rates that hold until the next event.
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "sim/engine/load_state.h"
#include "sim/engine/load_streams.h"

namespace outagesim {
namespace {

// At most this many passes where calls go round in a circle, or retries follow
// a refusal at once.
constexpr int kMostPasses = 200;

double capacity_now(const LoadStation& station, const StationState& state) {
  if (state.in.refuses) return 0;
  if (station.capacity.value == kNoBound) return kNoBound;
  return station.capacity.value * state.in.capacity * state.scale;
}

// Deadline-aware dropping is a queue as long as can be served in time.
double room_now(const LoadState& load, const LoadStation& station,
                double capacity) {
  if (capacity == kNoBound) return kNoBound;
  if (!station.drops_expired) return station.room;
  double patience = kNoBound;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    patience = std::min(patience, load.net.streams[s].timeout.value);
  }
  if (patience == kNoBound) return station.room;
  return std::min(station.room, capacity * patience);
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double v : values) total += v;
  return total;
}

void refuse_all(StreamState& stream, double share) {
  stream.refused = share;
  for (std::size_t k = 0; k < stream.calls.size(); ++k) {
    stream.admitted[k] = (1 - share) * stream.calls[k];
  }
}

// The highest priorities first, until `left` is used up; equals share alike.
void shed_by_priority(LoadState& load, const LoadStation& station,
                      double left) {
  const auto order = std::span(load.by_priority)
                         .subspan(station.first_stream, station.streams);
  const auto priority = [&](std::uint32_t s) {
    return load.net.streams[s].priority;
  };
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    double wanted = 0;
    while (end < order.size() && priority(order[end]) == priority(order[i])) {
      const StreamState& stream = load.streams[order[end++]];
      wanted += sum(stream.calls) + stream.hedges;
    }
    const double share = wanted > left ? 1 - std::max(0.0, left) / wanted : 0.0;
    left -= wanted * (1 - share);
    for (; i < end; ++i) refuse_all(load.streams[order[i]], share);
  }
}

// How much of what arrives is let in.
void admit(LoadState& load, std::uint32_t id) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  const double arriving = state.arriving;
  double let_in = std::min(arriving, station.limit.value * state.scale);
  if (state.in.refuses) {
    let_in = 0;
  } else if (state.queue >= state.room) {
    let_in = std::min(let_in, state.capacity);
  }
  const auto streams =
      std::span(load.streams).subspan(station.first_stream, station.streams);
  if (station.sheds && let_in < arriving && !state.in.refuses) {
    shed_by_priority(load, station, let_in - state.in.adds);
  } else {
    const double share = arriving > 0 ? 1 - let_in / arriving : 0;
    for (StreamState& s : streams) refuse_all(s, state.in.refuses ? 1 : share);
  }
  state.admitted = let_in;
  const bool busy = state.queue > 0 || let_in > state.capacity;
  state.served = busy ? state.capacity : let_in;
}

void collect_calls(LoadState& load, std::uint32_t id) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  state.arriving = state.in.adds;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    make_calls(load, s);
    state.arriving += sum(load.streams[s].calls) + load.streams[s].hedges;
  }
}

// What no longer fits, such as the expired, is dropped; all of it by a station
// that is down.
void fit_queue(LoadState& load, std::uint32_t id) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  state.capacity = capacity_now(station, state);
  state.room = state.in.refuses ? 0 : room_now(load, station, state.capacity);
  if (state.queue > state.room) drop_oldest(load, id, state.queue - state.room);
}

// The rates of one station, given what it is called. Returns whether they have
// changed.
bool settle_station(LoadState& load, std::uint32_t id) {
  StationState& state = load.stations[id];
  const double was_served = state.served, was_arriving = state.arriving;
  const double was_admitted = state.admitted;
  collect_calls(load, id);
  admit(load, id);
  const LoadStation& station = load.net.stations[id];
  double failing = 0;  // what has changed of it: some is retried at once
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    failing = std::max(failing, end_calls(load, s));
  }
  const double change = std::max({failing, std::abs(state.served - was_served),
                                  std::abs(state.arriving - was_arriving),
                                  std::abs(state.admitted - was_admitted)});
  return change > 1e-10 * (1 + state.arriving);
}

void touch(LoadState& load, std::uint32_t id) {
  if (load.is_touched[id] != 0) return;
  load.is_touched[id] = 1;
  load.touched.push_back(id);
  catch_up(load, id);
  fit_queue(load, id);
}

// One pass over what is dirty, callers first; what is called in a circle waits
// for the next. Returns whether any changed.
bool pass_once(LoadState& load) {
  std::swap(load.dirty, load.later);
  bool any = false;
  while (!load.dirty.empty()) {
    const std::uint32_t id = load.dirty.take_lowest();
    touch(load, id);
    if (!settle_station(load, id)) continue;
    any = true;
    load.later.insert(id);
    for (const std::uint32_t callee : load.net.callees[id]) {
      (callee > id ? load.dirty : load.later).insert(callee);
    }
  }
  return any;
}

// What is let in, by stream and attempt. Precondition: something is.
template <class Take>
void for_each_share(const LoadState& load, const LoadStation& station,
                    const StationState& state, Take take) {
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    for (const double a : load.streams[s].admitted) take(a / state.admitted);
  }
}

// By how much what is let in differs from the newest segment.
double mixture_moved(const LoadState& load, const LoadStation& station,
                     const StationState& state) {
  double moved =
      std::abs(state.segments.back().rate - state.admitted) / state.admitted;
  std::size_t i = state.shares.size() - state.kinds;
  for_each_share(load, station, state, [&](double share) {
    moved = std::max(moved, std::abs(share - state.shares[i++]));
  });
  return moved;
}

// The newest segment goes on growing while the mixture stays the same.
void keep_mixture(LoadState& load, std::uint32_t id, double tolerance) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  if (!(state.queue > 0 || state.admitted > state.served)) {
    state.segments.clear();
    state.shares.clear();
    return;
  }
  if (state.admitted <= 0) return;
  const bool goes_on =
      !state.segments.empty() && state.segments.back().last >= load.now;
  if (goes_on && mixture_moved(load, station, state) <= tolerance) return;
  state.segments.push_back({0, state.admitted, load.now, load.now});
  for_each_share(load, station, state,
                 [&](double share) { state.shares.push_back(share); });
}

void watch_silence(const LoadState& load, std::uint32_t id,
                   StationState& state) {
  const LoadStation& station = load.net.stations[id];
  if (!station.falls_over_after) return;
  double wanted = 0, good = 0;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    wanted += load.streams[s].demand;
    good += load.streams[s].good;
  }
  const bool silent = wanted > 0 && good <= 0 && !state.in.refuses;
  if (!silent) {
    state.silent_since = kForever;
  } else if (state.silent_since == kForever) {
    state.silent_since = load.now;
  }
}

void watch_use(const LoadState& load, std::uint32_t id, StationState& state) {
  const auto& scaling = load.net.stations[id].scale_out;
  if (!scaling || state.in.refuses) return;
  const bool wants = state.scale < scaling->ceiling &&
                     state.arriving > scaling->above.value * state.capacity;
  if (!wants) {
    state.scales_at = kForever;
  } else if (state.scales_at == kForever) {
    state.scales_at = load.now + scaling->delay;
  }
}

}  // namespace

void mark_dirty(LoadState& load, std::uint32_t station) {
  load.later.insert(station);
}

void mark_all_dirty(LoadState& load) {
  for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
    mark_dirty(load, id);
  }
}

void refresh_load(LoadState& load) {
  load.touched.clear();
  for (int i = 0; i < kMostPasses && pass_once(load); ++i) continue;
  while (!load.later.empty()) load.later.take_lowest();  // it goes in circles
  std::ranges::sort(load.touched);
  const double tolerance = load.tolerance;
  for (const std::uint32_t id : load.touched) {
    load.is_touched[id] = 0;
    StationState& state = load.stations[id];
    keep_mixture(load, id, tolerance);
    watch_silence(load, id, state);
    watch_use(load, id, state);
    const LoadStation& station = load.net.stations[id];
    for (auto s = station.first_stream;
         s < station.first_stream + station.streams; ++s) {
      remember(load, s, tolerance);
    }
    load.next.set(id, next_station_event(load, id).value);
  }
}

}  // namespace outagesim

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
  const auto begin = station.first_stream;
  std::vector<std::uint32_t> order(station.streams);
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = begin + i;
  const auto priority = [&](std::uint32_t s) {
    return load.net.streams[s].priority;
  };
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(priority(b), a) < std::pair(priority(a), b);
  });
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    double wanted = 0;
    while (end < order.size() && priority(order[end]) == priority(order[i])) {
      wanted += sum(load.streams[order[end++]].calls);
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
    state.arriving += sum(load.streams[s].calls);
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

// One pass over what is dirty, callers first. Returns whether any changed.
bool pass_once(LoadState& load) {
  bool any = false;
  for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
    if (load.dirty[id] == 0) continue;
    if (load.dirty[id] == 1) {
      catch_up(load, id);
      fit_queue(load, id);
      load.touched.push_back(id);
    }
    load.dirty[id] = 0;
    if (!settle_station(load, id)) continue;
    any = true;
    load.dirty[id] = 2;
    for (const std::uint32_t callee : load.net.callees[id]) {
      load.dirty[callee] = std::max<std::uint8_t>(load.dirty[callee], 1);
    }
  }
  return any;
}

// The newest segment goes on growing while the mixture stays the same.
void keep_mixture(LoadState& load, std::uint32_t id, double tolerance) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  if (!(state.queue > 0 || state.admitted > state.served)) {
    state.segments.clear();
    return;
  }
  if (state.admitted <= 0) return;
  std::vector<double> shares;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    for (const double a : load.streams[s].admitted) {
      shares.push_back(a / state.admitted);
    }
  }
  if (!state.segments.empty()) {
    const auto& last = state.segments.back().shares;
    double moved =
        std::abs(state.segments.back().rate - state.admitted) / state.admitted;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      moved = std::max(moved, std::abs(shares[i] - last[i]));
    }
    const bool goes_on = state.segments.back().last >= load.now;
    if (moved <= tolerance && goes_on) return;
  }
  state.segments.push_back(
      {0, state.admitted, load.now, load.now, std::move(shares)});
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

void refresh_load(LoadState& load) {
  load.touched.clear();
  for (int i = 0; i < kMostPasses && pass_once(load); ++i) continue;
  std::ranges::sort(load.touched);
  const auto twice = std::ranges::unique(load.touched);
  load.touched.erase(twice.begin(), twice.end());
  const double tolerance = load.coarse ? 1e-3 : 1e-8;
  for (const std::uint32_t id : load.touched) {
    load.dirty[id] = 0;
    StationState& state = load.stations[id];
    keep_mixture(load, id, tolerance);
    watch_silence(load, id, state);
    watch_use(load, id, state);
    const LoadStation& station = load.net.stations[id];
    for (auto s = station.first_stream;
         s < station.first_stream + station.streams; ++s) {
      remember(load, s, tolerance);
    }
    state.next = next_station_event(load, id);
  }
}

}  // namespace outagesim

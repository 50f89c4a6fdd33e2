// Calls are made, retried and end: the rates of one stream.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_streams.h"

namespace outagesim {
namespace {

double surge_times(const CallStream& stream, Seconds at) {
  double times = 1;
  for (const Surge& surge : stream.surges) {
    if (surge.at <= at && at < surge.at + surge.lasting) times *= surge.times;
  }
  return times;
}

double surge_adds(const CallStream& stream, Seconds at) {
  double adds = 0;
  for (const Surge& surge : stream.surges) {
    if (surge.at <= at && at < surge.at + surge.lasting) {
      adds += surge.adds.value * stream.surge_share;
    }
  }
  return adds;
}

// Requests from outside at this moment.
double offered_now(const LoadState& load, const CallStream& stream) {
  const Seconds at = load.now + load.begins;
  const double rhythm =
      stream.clock == kNone ? 1 : factor_at(load.clocks[stream.clock], at);
  return stream.offered.value * rhythm * surge_times(stream, at) +
         surge_adds(stream, at);
}

// Requests a second of a station that get as far as making its calls.
double reaches_calls(const LoadState& load, std::uint32_t station) {
  const StationState& state = load.stations[station];
  if (state.in.refuses || state.admitted <= 0) return 0;
  return state.served * (1 - std::min(1.0, state.in.adds / state.admitted));
}

double cache_hits(const CallStream& stream, const StreamState& state) {
  if (!stream.is_cached || state.cache_is_lost) return 0;
  const double part = std::min(1.0, state.entries / stream.entries);
  return stream.hits.value * std::floor(part * kCacheSteps + 0.5) / kCacheSteps;
}

double demand_now(const LoadState& load, std::uint32_t id) {
  const CallStream& stream = load.net.streams[id];
  double demand = offered_now(load, stream);
  for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
       ++c) {
    if (load.calls_made[c] == 0) continue;
    const LoadCaller& caller = load.net.callers[c];
    demand += reaches_calls(load, caller.station) * caller.calls;
  }
  return demand * load.stations[stream.station].in.demand;
}

double let_through(const CallStream& stream, const StreamState& state) {
  if (!stream.breaker) return 1;
  switch (state.breaker) {
    case BreakerState::kClosed:
      return 1;
    case BreakerState::kOpen:
      return 0;
    case BreakerState::kHalfOpen:
      return stream.breaker->lets_through.value;
  }
  return 1;
}

// Retries that fall due, by attempt; those without delay follow at once.
void collect_retries(StreamState& state) {
  for (std::uint32_t k = 1; k < state.attempts; ++k) state.calls[k] = 0;
  for (const RetryLine& retry : state.retries) {
    const double failing = retry.line.delay().value > 0
                               ? retry.line.value()
                               : state.failing[retry.attempt];
    state.calls[retry.attempt + 1] += retry.weight * failing;
  }
}

// Share of the wanted retries and copies that the budget allows.
double allowed_share(const CallStream& stream, const StreamState& state,
                     double wanted) {
  if (!stream.retry.budget || wanted <= 0 || state.budget > 0) return 1;
  return std::min(1.0, stream.retry.budget->value * state.fresh / wanted);
}

// Calls a second by their k-th attempt that are served now: what is being
// served is the oldest mixture in the queue.
double served_now(const StationState& station, const StreamState& stream,
                  std::uint32_t k) {
  double share = 0;
  if (station.queue > 0 && !station.segments.empty()) {
    share = station.shares[stream.offset + k];
  } else if (station.admitted > 0) {
    share = stream.admitted[k] / station.admitted;
  }
  return share * station.served;
}

// Whether what is served now has waited for more than T, or is about to.
bool is_behind(const StreamState& state, double served) {
  const double arrived = state.all_ago.value();
  return state.gap > 0 ||
         (state.gap == 0 && arrived > served + load_rounding(served));
}

// Copies a second of calls that are not answered in time to spare one.
double hedges_now(const LoadState& load, const CallStream& stream,
                  const StreamState& state) {
  if (!is_hedged(load.net, stream)) return 0;
  const double served = load.stations[stream.station].served;
  const double arrived = state.hedge_all_ago.value();
  const bool behind =
      state.hedge_gap > 0 ||
      (state.hedge_gap == 0 && arrived > served + load_rounding(served));
  const double share =
      behind ? 1 : share_slower_than(load, stream.station, stream.hedge);
  return state.hedge_ago.value() * share;
}

// Whether what arrived T ago times out now.
bool is_late(const StreamState& state, double served) {
  const bool is_lost = !state.lost.empty() && state.lost.front().from <= 0;
  return is_lost || is_behind(state, served);
}

}  // namespace

void make_calls(LoadState& load, std::uint32_t id) {
  const CallStream& stream = load.net.streams[id];
  StreamState& state = load.streams[id];
  state.demand = demand_now(load, id);
  const double through = let_through(stream, state);
  collect_retries(state);
  state.fresh = state.demand * (1 - cache_hits(stream, state)) * through;
  double wanted = 0;
  for (std::uint32_t k = 1; k < state.attempts; ++k) wanted += state.calls[k];
  const double copies = hedges_now(load, stream, state);
  const double allowed = allowed_share(stream, state, wanted + copies);
  const double share = through * allowed;
  // What is given up here failed for good.
  state.gone = state.demand * (1 - cache_hits(stream, state)) * (1 - through) +
               wanted * (1 - share);
  state.calls[0] = state.fresh;
  for (std::uint32_t k = 1; k < state.attempts; ++k) state.calls[k] *= share;
  state.hedges = share * copies;
}

double end_calls(LoadState& load, std::uint32_t id) {
  const CallStream& stream = load.net.streams[id];
  StreamState& state = load.streams[id];
  const StationState& station = load.stations[stream.station];
  state.late = state.waits && is_late(state, station.served);
  const bool in_time = !state.waits || !is_behind(state, station.served);
  const double wrong = 1 - (1 - station.in.errors) * (1 - station.in.failing);
  double change = 0;
  state.good = 0;
  state.ends = state.ends_failing = 0;
  for (std::uint32_t k = 0; k < state.attempts; ++k) {
    const double answered = in_time ? served_now(station, state, k) : 0;
    const double expired = state.late ? state.ago[k].value() : 0;
    const double failing =
        expired + answered * wrong + state.refused * state.calls[k];
    change = std::max(change, std::abs(failing - state.failing[k]));
    state.failing[k] = failing;
    state.good += answered * (1 - wrong);
    state.ends += answered + expired + state.refused * state.calls[k];
    state.ends_failing += failing;
  }
  state.gone += state.failing[state.attempts - 1];
  // Answered from the cache, as long as there is one.
  const double hits = state.demand * cache_hits(stream, state);
  const double all = std::max(state.demand, state.good + state.gone + hits);
  state.success = all > 0 ? std::min(1.0, (state.good + hits) / all)
                          : (station.in.refuses ? 0.0 : 1.0);
  return change;
}

void remember(LoadState& load, std::uint32_t id, double tolerance) {
  StreamState& state = load.streams[id];
  const StationState& station = load.stations[load.net.streams[id].station];
  const double step =
      tolerance * std::max(1e-3, station.arriving + station.capacity < kNoBound
                                     ? station.arriving + station.capacity
                                     : station.arriving);
  for (std::uint32_t k = 0; state.waits && k < state.attempts; ++k) {
    state.ago[k].put(load.now, state.admitted[k], step);
  }
  if (state.waits) state.all_ago.put(load.now, station.admitted, step);
  if (is_hedged(load.net, load.net.streams[id])) {
    double admitted = 0;
    for (const double a : state.admitted) admitted += a;
    state.hedge_ago.put(load.now, admitted, step);
    state.hedge_all_ago.put(load.now, station.admitted, step);
  }
  for (RetryLine& retry : state.retries) {
    if (retry.line.delay().value > 0) {
      retry.line.put(load.now, state.failing[retry.attempt], step);
    }
  }
  if (const auto& law = load.net.streams[id].breaker) {
    const bool has_slept = state.breaker == BreakerState::kHalfOpen &&
                           state.breaker_turns == kForever;
    if (has_slept && state.ends > 0) {
      state.breaker_turns = load.now + law->window;
    }
    state.ends_ago.put(load.now, state.ends, step);
    state.ends_failing_ago.put(load.now, state.ends_failing, step);
  }
}

}  // namespace outagesim

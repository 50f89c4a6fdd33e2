// What time does to one stream: gaps, breakers, budgets and caches move on.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_streams.h"

namespace outagesim {
namespace {

// Below this, time would not move on.
constexpr Seconds kShortest{1e-9};

// The next moment at which what is offered from outside changes.
Seconds next_offer(const LoadState& load, const CallStream& stream) {
  const Seconds at = load.now + load.begins;
  Seconds next = kForever;
  const auto consider = [&](Seconds t) {
    if (t > at && t - load.begins > load.now) next = std::min(next, t);
  };
  for (const Surge& surge : stream.surges) {
    consider(surge.at);
    consider(surge.at + surge.lasting);
  }
  if (stream.clock != kNone && stream.offered.value > 0) {
    const Clock& clock = load.clocks[stream.clock];
    const double hour = std::max(0.0, std::floor(at / kHour)) + 1;
    if (hour < static_cast<double>(clock.factor.size())) {
      consider(kHour * hour);
    }
  }
  return next - load.begins;
}

// When an amount that changes at `rate` reaches nothing.
Seconds when_gone(const LoadState& load, double amount, double rate) {
  if (amount <= 0 || rate >= 0) return kForever;
  return load.now + std::max(Seconds{amount / -rate}, kShortest);
}

// What the budget pays for.
double retries_made(const StreamState& state) {
  double made = state.hedges;
  for (std::uint32_t k = 1; k < state.attempts; ++k) made += state.calls[k];
  return made;
}

Seconds next_breaker(const LoadState& load, const CallStream& stream,
                     const StreamState& state) {
  if (!stream.breaker) return kForever;
  if (state.breaker != BreakerState::kClosed) return state.breaker_turns;
  const double opens_at = stream.breaker->opens_at.value;
  const double margin = opens_at * state.seen - state.seen_failing;
  const double falls = opens_at * (state.ends - state.ends_ago.value()) -
                       (state.ends_failing - state.ends_failing_ago.value());
  return when_gone(load, margin, falls);
}

Seconds next_cache_step(const LoadState& load, const CallStream& stream,
                        const StreamState& state) {
  const bool fills = stream.is_cached && !state.cache_is_lost &&
                     state.entries < stream.entries;
  if (!fills) return kForever;
  const double step = stream.entries / kCacheSteps;
  const double next = (std::floor(state.entries / step + 0.5) + 0.5) * step;
  return when_gone(load, next - state.entries, -state.good);
}

Seconds next_hedge(const LoadState& load, const StreamState& state,
                   double served) {
  const double grows = state.hedge_all_ago.value() - served;
  const Seconds crosses = state.hedge_gap < 0
                              ? when_gone(load, -state.hedge_gap, -grows)
                              : when_gone(load, state.hedge_gap, grows);
  return std::min(
      {crosses, state.hedge_ago.next(), state.hedge_all_ago.next()});
}

Seconds next_gap(const LoadState& load, const StreamState& state,
                 double served) {
  if (!state.waits) return kForever;
  const double arrived = state.all_ago.value();
  Seconds next = state.gap < 0 ? when_gone(load, -state.gap, served - arrived)
                               : when_gone(load, state.gap, arrived - served);
  if (!state.lost.empty()) {
    const LostWork& lost = state.lost.front();
    next = std::min(
        next, when_gone(load, lost.from > 0 ? lost.from : lost.to, -arrived));
  }
  return next;
}

void turn_breaker(LoadState& load, StreamState& state, BreakerState to,
                  Seconds until) {
  state.breaker = to;
  state.breaker_turns = until;
  state.seen = state.seen_failing = 0;
  state.ends_ago.fill(0);
  state.ends_failing_ago.fill(0);
  (void)load;
}

void check_breaker(LoadState& load, const CallStream& stream,
                   StreamState& state) {
  const Breaker& law = *stream.breaker;
  const double margin = law.opens_at.value * state.seen - state.seen_failing;
  const bool bad = state.seen > 0 && state.seen_failing > 0 &&
                   margin <= load_rounding(state.ends) + 1e-9 * state.seen;
  if (state.breaker == BreakerState::kClosed) {
    if (bad) {
      turn_breaker(load, state, BreakerState::kOpen, load.now + law.open_for);
    }
  } else if (load.now >= state.breaker_turns) {
    if (state.breaker == BreakerState::kOpen) {
      turn_breaker(load, state, BreakerState::kHalfOpen, load.now + law.window);
    } else if (state.seen <= 0) {  // nothing has ended yet
      state.breaker_turns = state.ends > 0 ? load.now + law.window : kForever;
    } else if (bad) {
      turn_breaker(load, state, BreakerState::kOpen, load.now + law.open_for);
    } else {
      turn_breaker(load, state, BreakerState::kClosed, kForever);
    }
  }
}

void move_gap(StreamState& state, double served, double dt) {
  const double arrived = state.all_ago.value();
  state.gap += (arrived - served) * dt;
  if (std::abs(state.gap) <= load_rounding(arrived + served)) state.gap = 0;
  for (LostWork& lost : state.lost) {
    lost.from -= arrived * dt;
    lost.to -= arrived * dt;
    if (std::abs(lost.from) <= load_rounding(arrived)) lost.from = 0;
  }
  while (!state.lost.empty() &&
         state.lost.front().to <= load_rounding(arrived)) {
    state.lost.pop_front();
  }
}

void move_hedge(StreamState& state, double served, double dt) {
  const double arrived = state.hedge_all_ago.value();
  state.hedge_gap += (arrived - served) * dt;
  if (std::abs(state.hedge_gap) <= load_rounding(arrived + served)) {
    state.hedge_gap = 0;
  }
}

void move_budget(const CallStream& stream, StreamState& state, double dt) {
  if (!stream.retry.budget) return;
  const double earns = stream.retry.budget->value * state.fresh;
  state.budget += (earns - retries_made(state)) * dt;
  state.budget = std::min(state.budget, earns * stream.retry.burst.value);
  if (state.budget <= load_rounding(retries_made(state))) state.budget = 0;
}

}  // namespace

Seconds next_stream_event(const LoadState& load, std::uint32_t id) {
  const CallStream& stream = load.net.streams[id];
  const StreamState& state = load.streams[id];
  const StationState& station = load.stations[stream.station];
  Seconds next =
      std::min({next_offer(load, stream), next_gap(load, state, station.served),
                next_breaker(load, stream, state),
                next_cache_step(load, stream, state), state.all_ago.next(),
                state.ends_ago.next(), state.ends_failing_ago.next()});
  for (const LoadDelay& line : state.ago) next = std::min(next, line.next());
  for (const RetryLine& retry : state.retries) {
    next = std::min(next, retry.line.next());
  }
  if (is_hedged(load.net, stream)) {
    next = std::min(next, next_hedge(load, state, station.served));
  }
  if (stream.retry.budget) {
    const double earns = stream.retry.budget->value * state.fresh;
    next = std::min(next,
                    when_gone(load, state.budget, earns - retries_made(state)));
  }
  return next;
}

void advance_stream(LoadState& load, std::uint32_t id, double dt) {
  const CallStream& stream = load.net.streams[id];
  StreamState& state = load.streams[id];
  if (state.waits) {
    move_gap(state, load.stations[stream.station].served, dt);
  }
  if (is_hedged(load.net, stream)) {
    move_hedge(state, load.stations[stream.station].served, dt);
    state.hedge_ago.take_due(load.now);
    state.hedge_all_ago.take_due(load.now);
  }
  move_budget(stream, state, dt);
  if (stream.is_cached) {
    state.entries =
        state.cache_is_lost
            ? 0
            : std::min(stream.entries, state.entries + state.good * dt);
  }
  if (stream.breaker) {
    state.seen += (state.ends - state.ends_ago.value()) * dt;
    state.seen_failing +=
        (state.ends_failing - state.ends_failing_ago.value()) * dt;
    state.seen = std::max(0.0, state.seen);
    state.seen_failing = std::max(0.0, state.seen_failing);
    check_breaker(load, stream, state);
  }
  for (LoadDelay& line : state.ago) line.take_due(load.now);
  state.all_ago.take_due(load.now);
  state.ends_ago.take_due(load.now);
  state.ends_failing_ago.take_due(load.now);
  for (RetryLine& retry : state.retries) retry.line.take_due(load.now);
}

void drop_segment(StationState& state) {
  state.segments.pop_front();
  state.shares.pop_front(state.kinds);
}

void drop_oldest(LoadState& load, std::uint32_t id, double amount) {
  const LoadStation& station = load.net.stations[id];
  StationState& state = load.stations[id];
  amount = std::min(amount, state.queue);
  state.queue -= amount;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    StreamState& stream = load.streams[s];
    stream.hedge_gap -= amount;
    if (!stream.waits) continue;
    const double from = -stream.gap, to = from + amount;
    stream.gap -= amount;
    if (to > 0) stream.lost.push_back({from, to});
  }
  while (!state.segments.empty() && amount > 0) {
    LoadSegment& oldest = state.segments.front();
    if (oldest.amount > amount) {
      oldest.first += (oldest.last - oldest.first) * (amount / oldest.amount);
      oldest.amount -= amount;
      return;
    }
    amount -= oldest.amount;
    drop_segment(state);
  }
}

}  // namespace outagesim

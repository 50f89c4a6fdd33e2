// Calls: made, timed out, retried, answered; with budgets, breakers and caches.
#include <cmath>

#include "sim/request/request_state.h"

namespace outagesim {
namespace {

void turn(RequestStream& stream, BreakerState to, double until) {
  stream.breaker = to;
  stream.breaker_turns = until;
  stream.ended.clear();
  stream.ended_failing = 0;
}

double failing_share(const RequestStream& stream) {
  if (stream.ended.empty()) return 0;
  return stream.ended_failing / double(stream.ended.size());
}

void forget_old(RequestStream& stream, double before) {
  while (!stream.ended.empty() && stream.ended.front().at < before) {
    stream.ended_failing -= stream.ended.front().failed ? 1 : 0;
    stream.ended.pop();
  }
}

// Open and half-open breakers turn when somebody asks them after their time.
void refresh_breaker(RequestWorld& world, const Breaker& law,
                     RequestStream& stream) {
  if (world.now < stream.breaker_turns) return;
  if (stream.breaker == BreakerState::kOpen) {
    turn(stream, BreakerState::kHalfOpen,
         stream.breaker_turns + law.window.value);
  } else if (stream.ended.empty()) {
    stream.breaker_turns = world.now + law.window.value;
  } else if (failing_share(stream) >= law.opens_at.value) {
    turn(stream, BreakerState::kOpen, world.now + law.open_for.value);
  } else {
    turn(stream, BreakerState::kClosed, kNoBound);
  }
}

constexpr std::size_t kFewestCalls = 20;  // on which a breaker decides

void note_end(RequestWorld& world, std::uint32_t id, bool failed) {
  const auto& law = world.net.streams[id].breaker;
  if (!law) return;
  RequestStream& stream = world.streams[id];
  refresh_breaker(world, *law, stream);
  forget_old(stream, world.now - law->window.value);
  stream.ended.push({world.now, failed});
  stream.ended_failing += failed ? 1 : 0;
  const bool opens = stream.breaker == BreakerState::kClosed && failed &&
                     stream.ended.size() >= kFewestCalls &&
                     failing_share(stream) >= law->opens_at.value;
  if (opens) {
    turn(stream, BreakerState::kOpen, world.now + law->open_for.value);
  }
}

void earn_budget(RequestWorld& world, std::uint32_t id) {
  const RetryPolicy& law = world.net.streams[id].retry;
  if (!law.budget) return;
  RequestStream& stream = world.streams[id];
  const double burst = std::max(1e-9, law.burst.value);
  stream.pace = stream.pace * std::exp(-(world.now - stream.paced_at) / burst) +
                1 / burst;
  stream.paced_at = world.now;
  const double most = std::max(1.0, law.budget->value * stream.pace * burst);
  stream.budget = std::min(most, stream.budget + law.budget->value);
}

bool is_hit(RequestWorld& world, std::uint32_t id) {
  const CallStream& law = world.net.streams[id];
  const RequestStream& stream = world.streams[id];
  if (!law.is_cached || stream.cache_is_lost) return false;
  const double entries = law.entries * world.window.scale;
  const double warm = std::min(1.0, stream.entries / entries);
  return world.uniform.next() < law.hits.value * warm;
}

// A call has ended for good; what made it goes on.
void conclude(RequestWorld& world, std::uint32_t stream, std::uint32_t parent,
              bool good) {
  if (parent == kNone) return;
  Attempt& of = world.pool[parent];
  const bool matters = world.net.streams[stream].fails_caller;
  of.has_failed = of.has_failed || (!good && matters);
  if (--of.pending == 0) answer(world, parent);
}

void give_up(RequestWorld& world, const RetryOrder& call) {
  if (StreamBin* bin = stream_bin(world, call.stream)) bin->gone += 1;
  conclude(world, call.stream, call.parent, false);
}

double back_off(RequestWorld& world, const RetryPolicy& law,
                std::uint32_t number) {
  double wait = law.backoff.value;
  if (law.grows != 1) wait *= std::pow(law.grows, double(number) - 1);
  if (law.jitter.value > 0 && wait > 0) {
    wait *= 1 + law.jitter.value * (2 * world.uniform.next() - 1);
  }
  return wait;
}

void retry_or_give_up(RequestWorld& world, RetryOrder call) {
  const RetryPolicy& law = world.net.streams[call.stream].retry;
  const bool is_flushed = call.first < world.streams[call.stream].flushed_at;
  if (is_flushed || ++call.number >= std::max(1U, law.attempts)) {
    return give_up(world, call);
  }
  const double wait = back_off(world, law, call.number);
  if (wait <= 0) return attempt_call(world, call);
  // Beyond the window, nobody sees it.
  if (!(world.now + wait < world.window.to.value)) return;
  world.retries.push(Seconds{world.now - world.begin + wait}, call);
  world.sources.set(retries_source(world),
                    world.begin + world.retries.next_time().value);
}

bool is_wrong(RequestWorld& world, const Attempt& attempt) {
  if (attempt.has_failed) return true;
  const std::uint32_t station = world.net.streams[attempt.stream].station;
  const double errors = world.stations[station].in.errors;
  return errors > 0 && world.uniform.next() < errors;
}

void succeed(RequestWorld& world, const Attempt& attempt) {
  const std::uint32_t id = attempt.stream;
  note_end(world, id, false);
  RequestStream& stream = world.streams[id];
  const bool is_kept = world.net.streams[id].is_cached && !stream.cache_is_lost;
  if (is_kept) stream.entries += 1;
  if (StreamBin* bin = stream_bin(world, id)) {
    bin->good += 1;
    bin->latency += world.now - attempt.first;
    world.result.latency[id].add(world.now - attempt.first);
  }
  conclude(world, id, attempt.parent, true);
}

}  // namespace

bool breaker_lets_through(RequestWorld& world, std::uint32_t id) {
  const auto& law = world.net.streams[id].breaker;
  if (!law) return true;
  RequestStream& stream = world.streams[id];
  refresh_breaker(world, *law, stream);
  if (stream.breaker == BreakerState::kClosed) return true;
  return stream.breaker == BreakerState::kHalfOpen &&
         world.uniform.next() < law->lets_through.value;
}

bool spend_budget(RequestWorld& world, std::uint32_t id) {
  if (!world.net.streams[id].retry.budget) return true;
  RequestStream& stream = world.streams[id];
  if (stream.budget < 1) return false;
  stream.budget -= 1;
  return true;
}

void make_request_call(RequestWorld& world, std::uint32_t id,
                       std::uint32_t parent) {
  StreamBin* bin = stream_bin(world, id);
  if (bin) bin->fresh += 1;
  if (is_hit(world, id)) {
    if (bin) bin->good += 1;
    return conclude(world, id, parent, true);
  }
  earn_budget(world, id);
  attempt_call(world, {id, parent, 0, world.now});
}

void attempt_call(RequestWorld& world, const RetryOrder& call) {
  const bool is_flushed = call.first < world.streams[call.stream].flushed_at;
  const bool is_allowed =
      !is_flushed && breaker_lets_through(world, call.stream) &&
      (call.number == 0 || spend_budget(world, call.stream));
  if (!is_allowed) return give_up(world, call);
  const std::uint32_t id = new_attempt(world);
  Attempt& attempt = world.pool[id];
  attempt.stream = call.stream;
  attempt.parent = call.parent;
  attempt.number = call.number;
  attempt.first = call.first;
  attempt.arrived = world.now;
  const CallStream& law = world.net.streams[call.stream];
  if (law.timeout.value < kNoBound || is_hedged(world.net, law)) {
    start_timer(world, law, id);
  }
  reach_station(world, law.station, id);
}

void answer(RequestWorld& world, std::uint32_t id) {
  const Attempt attempt = world.pool[id];
  if (attempt.stream != kNone && attempt.is_open) {
    if (is_wrong(world, attempt)) {
      fail_attempt(world, id);
    } else {
      world.pool[id].is_open = false;
      const std::uint32_t twin = open_twin(world, attempt);
      if (twin != kNone) world.pool[twin].is_open = false;
      succeed(world, attempt);
    }
  }
  free_attempt(world, id);
}

void fail_attempt(RequestWorld& world, std::uint32_t id) {
  Attempt& attempt = world.pool[id];
  if (attempt.stream == kNone || !attempt.is_open) return;
  attempt.is_open = false;
  if (open_twin(world, attempt) != kNone) return;
  const RetryOrder call{attempt.stream, attempt.parent, attempt.number,
                        attempt.first};
  note_end(world, call.stream, true);
  retry_or_give_up(world, call);
}

std::uint32_t new_attempt(RequestWorld& world) {
  if (world.free_attempts.empty()) {
    world.pool.emplace_back();
    return static_cast<std::uint32_t>(world.pool.size() - 1);
  }
  const std::uint32_t id = world.free_attempts.back();
  world.free_attempts.pop_back();
  const std::uint32_t generation = world.pool[id].generation;
  world.pool[id] = {};
  world.pool[id].generation = generation;
  return id;
}

void free_attempt(RequestWorld& world, std::uint32_t id) {
  ++world.pool[id].generation;
  world.free_attempts.push_back(id);
}

}  // namespace outagesim

// Patience: time-outs, second copies of calls, and what a station loses.
#include "sim/request/request_state.h"

namespace outagesim {
namespace {

double first_of(const FifoRing<TimedAttempt>& timers) {
  return timers.empty() ? kNoBound : timers.front().at;
}

void plan_timers(RequestWorld& world, std::uint32_t id) {
  const RequestStream& stream = world.streams[id];
  world.sources.set(timeouts_of(world, id),
                    std::min({first_of(stream.timers), first_of(stream.hedges),
                              first_of(stream.copy_timers)}));
}

bool is_waiting(const RequestWorld& world, const TimedAttempt& timer) {
  const Attempt& attempt = world.pool[timer.attempt];
  return attempt.generation == timer.generation && attempt.is_open;
}

void patience_ends(RequestWorld& world, std::uint32_t id) {
  auto& patience = world.streams[id].patience;
  while (!patience.empty()) {
    const TimedAttempt first = patience.next();
    const bool waits = is_waiting(world, first);
    if (waits && first.at > world.now) break;
    patience.pop();
    if (waits) fail_attempt(world, first.attempt);
  }
  world.sources.set(timeouts_of(world, id),
                    patience.empty() ? kNoBound : patience.next().at);
}

// The call is made a second time; the caller waits no longer for it.
void make_copy(RequestWorld& world, std::uint32_t id) {
  const std::uint32_t stream = world.pool[id].stream;
  if (!breaker_lets_through(world, stream)) return;
  if (!spend_budget(world, stream)) return;
  const std::uint32_t copy_id = new_attempt(world);
  Attempt& of = world.pool[id];
  Attempt& copy = world.pool[copy_id];
  copy.stream = of.stream;
  copy.parent = of.parent;
  copy.number = of.number;
  copy.first = of.first;
  copy.arrived = world.now;
  copy.twin = id;
  copy.twin_generation = of.generation;
  of.twin = copy_id;
  of.twin_generation = copy.generation;
  const CallStream& law = world.net.streams[of.stream];
  if (law.timeout.value < kNoBound) {
    world.streams[of.stream].copy_timers.push(
        {of.arrived + law.timeout.value, copy_id, copy.generation});
  }
  reach_station(world, law.station, copy_id);
}

// Those answered in the meantime are passed over. What is due is given to
// `act`.
template <class Act>
void take_due(RequestWorld& world, FifoRing<TimedAttempt>& timers, Act act) {
  while (!timers.empty()) {
    const TimedAttempt first = timers.front();
    const bool waits = is_waiting(world, first);
    if (waits && first.at > world.now) return;
    timers.pop();
    if (waits) act(first.attempt);
  }
}

}  // namespace

// All wait as long: first come first served. Otherwise in order of time.
void start_timer(RequestWorld& world, const CallStream& law, std::uint32_t id) {
  const Attempt& attempt = world.pool[id];
  RequestStream& stream = world.streams[attempt.stream];
  const std::size_t source = timeouts_of(world, attempt.stream);
  if (world.window.patience_varies) {
    const double at = world.now + law.timeout.value * exponential(world);
    stream.patience.push(Seconds{at - world.begin}, 0,
                         {at, id, attempt.generation});
    world.sources.set(source, stream.patience.next().at);
    return;
  }
  const bool was_idle = stream.timers.empty();
  if (law.timeout.value < kNoBound) {
    stream.timers.push({world.now + law.timeout.value, id, attempt.generation});
  }
  if (is_hedged(world.net, law)) {
    stream.hedges.push({world.now + law.hedge.value, id, attempt.generation});
  }
  if (was_idle || !stream.hedges.empty()) plan_timers(world, attempt.stream);
}

std::uint32_t open_twin(const RequestWorld& world, const Attempt& attempt) {
  if (attempt.twin == kNone) return kNone;
  const Attempt& twin = world.pool[attempt.twin];
  const bool waits = twin.generation == attempt.twin_generation && twin.is_open;
  return waits ? attempt.twin : kNone;
}

// Time-outs of those answered in the meantime are passed over here, so that
// they are no events.
void time_out(RequestWorld& world, std::uint32_t id) {
  if (world.window.patience_varies) return patience_ends(world, id);
  const auto expire = [&](std::uint32_t attempt) {
    const bool is_lost = world.pool[attempt].is_lost;
    fail_attempt(world, attempt);
    if (is_lost) free_attempt(world, attempt);
  };
  take_due(world, world.streams[id].hedges,
           [&](std::uint32_t attempt) { make_copy(world, attempt); });
  take_due(world, world.streams[id].timers, expire);
  take_due(world, world.streams[id].copy_timers, expire);
  plan_timers(world, id);
}

void lose_attempt(RequestWorld& world, std::uint32_t id) {
  Attempt& attempt = world.pool[id];
  const bool times_out =
      attempt.stream != kNone && attempt.is_open &&
      world.net.streams[attempt.stream].timeout.value < kNoBound;
  if (times_out) {
    attempt.is_lost = true;
    return;
  }
  fail_attempt(world, id);
  free_attempt(world, id);
}

}  // namespace outagesim

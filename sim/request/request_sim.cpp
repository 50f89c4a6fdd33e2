#include "sim/request/request_sim.h"

#include <cmath>

#include "sim/request/request_state.h"

namespace outagesim {
namespace {

double surge(const CallStream& stream, double at, double rate) {
  double adds = 0;
  for (const Surge& s : stream.surges) {
    if (s.at.value <= at && at < (s.at + s.lasting).value) {
      rate *= s.times;
      adds += s.adds.value * stream.surge_share;
    }
  }
  return rate + adds;
}

double rate_now(const RequestWorld& world, std::uint32_t id) {
  const CallStream& stream = world.net.streams[id];
  const double rhythm =
      stream.clock == kNone
          ? 1
          : factor_at(world.clocks[stream.clock], Seconds{world.now});
  return surge(stream, world.now, stream.offered.value * rhythm) *
         world.stations[stream.station].in.demand * world.window.scale;
}

void plan_arrival(RequestWorld& world, std::uint32_t id) {
  const double rate = world.streams[id].rate;
  world.sources.set(arrivals_of(id), rate > 0
                                         ? world.now + exponential(world) / rate
                                         : kNoBound);
}

void arrive(RequestWorld& world, std::uint32_t id) {
  plan_arrival(world, id);
  ++world.result.requests;
  make_request_call(world, id, kNone);
}

void arrive_extra(RequestWorld& world, std::uint32_t station) {
  const double rate = world.stations[station].in.adds * world.window.scale;
  world.sources.set(extra_of(world, station),
                    world.now + exponential(world) / rate);
  const std::uint32_t id = new_attempt(world);
  world.pool[id].arrived = world.now;
  reach_station(world, station, id);
}

void retry_due(RequestWorld& world) {
  const RetryOrder order = world.retries.pop();
  world.sources.set(retries_source(world),
                    world.retries.empty()
                        ? kNoBound
                        : world.begin + world.retries.next_time().value);
  attempt_call(world, order);
}

void apply(RequestWorld& world, const LoadInputStep& step) {
  if (step.station != kNone) {
    set_station(world, step.station, step.input, step.scale);
  }
  if (step.stream != kNone) {
    RequestStream& stream = world.streams[step.stream];
    stream.cache_is_lost = step.cache_is_lost;
    if (step.cache_is_lost) stream.entries = 0;
  }
  if (step.flushed != kNone) flush_requests(world, step.flushed);
  if (step.caller != kNone) world.calls[step.caller] = step.calls ? 1 : 0;
}

// Replays inputs, and keeps the calendar of what is offered.
class Changes {
 public:
  explicit Changes(const std::vector<LoadInputStep>& inputs)
      : inputs_(inputs) {}

  void take_due(RequestWorld& world) {
    while (next_ < inputs_.size() && inputs_[next_].at.value <= world.now) {
      apply(world, inputs_[next_++]);
    }
    double next = refresh_rates(world);
    if (next_ < inputs_.size()) {
      next = std::min(next, inputs_[next_].at.value);
    }
    world.sources.set(changes_source(world), next);
  }

 private:
  const std::vector<LoadInputStep>& inputs_;
  std::size_t next_ = 0;
};

void dispatch(RequestWorld& world, Changes& changes, std::size_t source) {
  const std::size_t streams = world.streams.size();
  const std::size_t stations = world.stations.size();
  const auto id = [&](std::size_t first) {
    return static_cast<std::uint32_t>(source - first);
  };
  if (source < streams) return arrive(world, id(0));
  if (source < 2 * streams) return time_out(world, id(streams));
  if (source < 2 * streams + stations) {
    return arrive_extra(world, id(2 * streams));
  }
  if (source < retries_source(world)) {
    return end_work(world, id(2 * streams + stations));
  }
  if (source == retries_source(world)) return retry_due(world);
  changes.take_due(world);
}

void set_up(RequestWorld& world) {
  const double scale = world.window.scale;
  for (std::uint32_t id = 0; id < world.stations.size(); ++id) {
    const LoadStation& law = world.net.stations[id];
    RequestStation& station = world.stations[id];
    const double servers = std::round(law.at_once * scale);
    station.servers = static_cast<std::uint32_t>(std::max(1.0, servers));
    station.pace = law.capacity.value * scale;
    station.room = law.room * scale;
    station.work_at = station.tokens_at = world.now;
    station.tokens = law.limit.value < kNoBound ? law.limit.value * scale : 0;
  }
  for (std::uint32_t s = 0; s < world.streams.size(); ++s) {
    const CallStream& law = world.net.streams[s];
    world.streams[s].entries = law.entries * scale;
    for (auto c = law.first_caller; c < law.first_caller + law.callers; ++c) {
      world.calls_of[world.net.callers[c].station].emplace_back(s, c);
    }
  }
}

double longest_timeout(const LoadNet& net) {
  double longest = 0;
  for (const CallStream& stream : net.streams) {
    const double timeout = stream.timeout.value;
    if (timeout < kNoBound) longest = std::max(longest, timeout);
  }
  return longest;
}

// The longest that a call waits to be made again.
Seconds longest_back_off(const LoadNet& net, const RequestWindow& window) {
  double longest = 0;
  for (const CallStream& stream : net.streams) {
    const RetryPolicy& retry = stream.retry;
    if (retry.attempts < 2) continue;
    const double grown = std::pow(retry.grows, double(retry.attempts) - 2);
    longest = std::max(longest,
                       retry.backoff.value * grown * (1 + retry.jitter.value));
  }
  return {std::min(longest, (window.to - window.from).value)};
}

}  // namespace

RequestWorld::RequestWorld(const LoadNet& n, const std::vector<Clock>& c,
                           const RequestWindow& w)
    : net(n),
      clocks(c),
      window(w),
      now(w.from.value - longest_timeout(n)),
      begin(now),
      uniform({w.seed, 0, 0x6c6f6164, 0}),
      stations(n.stations.size()),
      streams(n.streams.size()),
      calls(n.callers.size(), 1),
      calls_of(n.stations.size()),
      retries(longest_back_off(n, w)),
      sources(2 * (n.stations.size() + n.streams.size()) + 2) {
  const auto bins =
      static_cast<std::size_t>(std::ceil((w.to - w.from) / w.bin - 1e-9));
  result.window = w;
  result.streams.assign(n.streams.size(), std::vector<StreamBin>(bins));
  result.stations.assign(n.stations.size(), std::vector<StationBin>(bins));
  result.latency.resize(n.streams.size());
}

double exponential(RequestWorld& world) {
  return -std::log(world.uniform.next());
}

double refresh_rates(RequestWorld& world) {
  double next = kNoBound;
  const auto consider = [&](double at) {
    if (at > world.now) next = std::min(next, at);
  };
  for (std::uint32_t s = 0; s < world.streams.size(); ++s) {
    const CallStream& stream = world.net.streams[s];
    const double rate = rate_now(world, s);
    if (rate != world.streams[s].rate) {
      world.streams[s].rate = rate;
      plan_arrival(world, s);
    }
    for (const Surge& one : stream.surges) {
      consider(one.at.value);
      consider((one.at + one.lasting).value);
    }
    if (stream.clock != kNone) {
      consider((std::floor(world.now / kHour.value) + 1) * kHour.value);
    }
  }
  return next;
}

RequestResult simulate_requests(const LoadNet& net,
                                const std::vector<Clock>& clocks,
                                const std::vector<LoadInputStep>& inputs,
                                const RequestWindow& window) {
  RequestWorld world(net, clocks, window);
  set_up(world);
  Changes changes(inputs);
  changes.take_due(world);
  const double end = window.to.value;
  while (world.sources.time() < end) {
    world.now = world.sources.time();
    ++world.result.events;
    dispatch(world, changes, world.sources.source());
  }
  return std::move(world.result);
}

}  // namespace outagesim

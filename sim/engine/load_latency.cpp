// How long an answer takes, by the age of a backlog or by stationary waits;
// and by the first of two answers where calls are made twice.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_state.h"
#include "sim/engine/load_streams.h"

namespace outagesim {
namespace {

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
  const double rho = state.admitted / state.capacity;
  if (rho >= 1) return wait;  // a queue grows, and tells its age
  double blocked = 1;         // Erlang B
  for (std::uint32_t i = 1; i <= station.at_once; ++i) {
    const double load = rho * c;
    blocked = load * blocked / (i + load * blocked);
  }
  wait.waits = blocked / (1 - rho * (1 - blocked));
  const double spread = (1 + station.varies * station.varies) / 2;
  wait.mean =
      Seconds{std::min(spread / (1 - rho), state.room) / state.capacity};
  return wait;
}

// Share of requests that take longer than t: of e^(-rate t) so much of each.
struct LatencyTail {
  double weight[2] = {1, 0};
  double rate[2] = {kNoBound, kNoBound};  // a second
};

// Work of mean 1/a, and for those who wait a wait of mean 1/b before it.
LatencyTail tail_of(const StationaryWait& wait) {
  LatencyTail tail;
  const double a = 1 / wait.work.value;
  tail.rate[0] = a;
  if (wait.waits <= 0 || wait.mean.value <= 0) return tail;
  double b = 1 / wait.mean.value;
  if (std::abs(a - b) < 1e-6 * a) b = a * (1 - 1e-6);  // their limit
  tail.rate[1] = b;
  tail.weight[0] = 1 - wait.waits - wait.waits * b / (a - b);
  tail.weight[1] = wait.waits * a / (a - b);
  return tail;
}

double slower_than(const LatencyTail& tail, double t) {
  if (t <= 0) return 1;
  return tail.weight[0] * std::exp(-tail.rate[0] * t) +
         tail.weight[1] * std::exp(-tail.rate[1] * t);
}

// One stream's calls, of which some are made again after a while.
struct CopiedCalls {
  double calls = 0;  // a second
  double delay = kNoBound;
  double copied = 0;  // of those not answered by then
};

CopiedCalls copied_calls(const LoadState& load, std::uint32_t id) {
  const CallStream& stream = load.net.streams[id];
  const StreamState& state = load.streams[id];
  CopiedCalls copies;
  for (const double a : state.admitted) copies.calls += a;
  if (!is_hedged(load.net, stream)) return copies;
  copies.delay = stream.hedge.value;
  const double wanted = state.hedge_ago.value() *
                        share_slower_than(load, stream.station, stream.hedge);
  copies.copied = wanted > 0 ? std::min(1.0, state.hedges / wanted) : 1;
  return copies;
}

// The first of two independent answers, the second asked for a while later.
double slower_than(const LatencyTail& tail, const CopiedCalls& calls,
                   double t) {
  const double one = slower_than(tail, t);
  if (t <= calls.delay) return one;
  return one * (1 - calls.copied * (1 - slower_than(tail, t - calls.delay)));
}

// By how much that is sooner on average: the integral of what the copies take
// off, ∫ G(t) (1 − G(t − d)) dt from d on, G a sum of exponentials.
Seconds saved_by_copies(const LatencyTail& tail, const CopiedCalls& calls) {
  if (calls.copied <= 0) return {0};
  double saved = 0;
  for (int i = 0; i < 2; ++i) {
    if (tail.weight[i] == 0) continue;
    const double left = tail.weight[i] * std::exp(-tail.rate[i] * calls.delay);
    double both = 1 / tail.rate[i];
    for (int j = 0; j < 2; ++j) {
      both -= tail.weight[j] / (tail.rate[i] + tail.rate[j]);
    }
    saved += left * both;
  }
  return {calls.copied * saved};
}

// Of all streams into a station that are let in; empty where none is hedged.
std::vector<CopiedCalls> copied_into(const LoadState& load, std::uint32_t id) {
  const LoadStation& station = load.net.stations[id];
  std::vector<CopiedCalls> all;
  bool any = false;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    any = any || is_hedged(load.net, load.net.streams[s]);
  }
  if (!any) return all;
  double total = 0;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    all.push_back(copied_calls(load, s));
    total += all.back().calls;
  }
  if (total <= 0) return {};
  for (CopiedCalls& one : all) one.calls /= total;
  return all;
}

// The time that a share 1 - p of all calls exceeds, between 0 and `most`.
Seconds quantile_of(const LatencyTail& tail,
                    const std::vector<CopiedCalls>& all, Probability p,
                    Seconds most) {
  double low = 0, high = most.value;
  for (int i = 0; i < 60; ++i) {
    const double t = (low + high) / 2;
    double slower = 0;
    for (const CopiedCalls& one : all) {
      slower += one.calls * slower_than(tail, one, t);
    }
    (slower > 1 - p.value ? low : high) = t;
  }
  return {high};
}

bool has_backlog(const StationState& state) {
  return state.queue > 0 && !state.segments.empty();
}

}  // namespace

Seconds mean_latency(const LoadState& load, std::uint32_t id) {
  const StationState& state = load.stations[id];
  const StationaryWait wait = stationary_wait(load.net.stations[id], state);
  if (has_backlog(state)) {
    return load.now - state.segments.front().first + wait.work;
  }
  Seconds saved{0};
  for (const CopiedCalls& one : copied_into(load, id)) {
    saved += saved_by_copies(tail_of(wait), one) * one.calls;
  }
  return wait.mean * wait.waits + wait.work - saved;
}

Seconds latency_quantile(const LoadState& load, std::uint32_t id,
                         Probability p) {
  const StationState& state = load.stations[id];
  const StationaryWait wait = stationary_wait(load.net.stations[id], state);
  if (has_backlog(state)) {
    return mean_latency(load, id) +
           wait.work * (-std::log(1 - p.value) - 1);  // its work is exponential
  }
  const double tail = wait.waits / (1 - p.value);
  const Seconds waited = tail > 1 ? wait.mean * std::log(tail) : Seconds{0};
  const Seconds alone =
      std::max(waited + wait.work, wait.work * -std::log(1 - p.value));
  const auto copied = copied_into(load, id);
  if (copied.empty() || state.admitted >= state.capacity) return alone;
  return quantile_of(tail_of(wait), copied, p, 3.0 * alone);
}

double share_slower_than(const LoadState& load, std::uint32_t id, Seconds d) {
  const LoadStation& station = load.net.stations[id];
  const StationState& state = load.stations[id];
  if (state.admitted >= state.capacity) return 1;
  return slower_than(tail_of(stationary_wait(station, state)), d.value);
}

}  // namespace outagesim

// How long an answer takes, by the age of a backlog or by stationary waits.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_state.h"

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

}  // namespace

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

double share_slower_than(const LoadState& load, std::uint32_t id, Seconds d) {
  const LoadStation& station = load.net.stations[id];
  const StationState& state = load.stations[id];
  if (state.admitted >= state.capacity) return 1;
  const StationaryWait wait = stationary_wait(station, state);
  const double at_once = std::exp(-(d / wait.work));
  const double a = 1 / wait.work.value, b = 1 / wait.mean.value;
  // Waiting of mean 1/b, then work of mean 1/a.
  const double waited =
      std::abs(a - b) < 1e-9 * a
          ? at_once * (1 + a * d.value)
          : (a * std::exp(-b * d.value) - b * at_once) / (a - b);
  return (1 - wait.waits) * at_once + wait.waits * waited;
}

}  // namespace outagesim

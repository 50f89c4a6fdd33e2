#include "sim/engine/load_alone.h"

#include <algorithm>
#include <cmath>

namespace outagesim {
namespace {

const std::vector<Clock> kNoClocks;

// Success of what a station's requests call, all told.
double ready_share(const LoadState& load, std::uint32_t station,
                   const std::vector<std::vector<std::uint32_t>>& calls_of) {
  double ready = 1;
  for (const std::uint32_t s : calls_of[station]) {
    ready *= load.streams[s].success;
  }
  return ready;
}

// By station: streams that fail its requests when they fail. A call that one
// request in ten makes fails one in ten.
std::vector<std::vector<std::uint32_t>> calls_by_station(const LoadNet& net) {
  std::vector<std::vector<std::uint32_t>> calls(net.stations.size());
  for (std::uint32_t s = 0; s < net.streams.size(); ++s) {
    const CallStream& stream = net.streams[s];
    for (auto c = stream.first_caller;
         stream.fails_caller && c < stream.first_caller + stream.callers; ++c) {
      calls[net.callers[c].station].push_back(s);
    }
  }
  return calls;
}

bool is_well(const LoadState& load) {
  for (std::uint32_t s = 0; s < load.streams.size(); ++s) {
    if (load.net.streams[s].offered.value <= 0) continue;
    if (load.streams[s].success < 1 - 1e-9) return false;
  }
  return std::ranges::none_of(
      load.stations, [](const StationState& state) { return state.queue > 0; });
}

void set_capacity_left(LoadState& load, const LoadTrigger& trigger,
                       double left) {
  load.stations[trigger.station].in.capacity = left;
  mark_dirty(load, trigger.station);
  refresh_load(load);
  settle_alone(load);
}

}  // namespace

LoadNet at_constant_load(const LoadNet& net, double scale) {
  LoadNet constant = net;
  for (CallStream& stream : constant.streams) {
    stream.offered = stream.offered * scale;
    stream.clock = kNone;
    stream.surges.clear();
  }
  return constant;
}

void settle_alone(LoadState& load) {
  const auto calls_of = calls_by_station(load.net);
  for (int round = 0; round < 100; ++round) {
    bool moved = false;
    for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
      if (calls_of[id].empty()) continue;
      const double failing = 1 - ready_share(load, id, calls_of);
      double& known = load.stations[id].in.failing;
      if (std::abs(known - failing) <= 1e-12) continue;
      known = failing;
      mark_dirty(load, id);
      moved = true;
    }
    if (!moved) return;
    refresh_load(load);
  }
}

void run_alone(LoadState& load, Seconds to) {
  while (next_load_event(load) <= to) {
    advance_load(load, next_load_event(load));
    refresh_load(load);
    settle_alone(load);
  }
  load.now = to;
  mark_all_dirty(load);
  refresh_load(load);
  settle_alone(load);
}

Aftermath after_trigger(const LoadNet& net, const LoadTrigger& trigger,
                        Seconds patience) {
  LoadState load(net, kNoClocks);
  reset_load(load, {0});
  settle_alone(load);
  const Seconds before = 2 * longest_timeout_of(net, trigger.station);
  run_alone(load, before);
  set_capacity_left(load, trigger, trigger.capacity_left);
  const Seconds ends = before + trigger.lasting;
  run_alone(load, ends);
  set_capacity_left(load, trigger, 1);
  Aftermath result;
  while (load.now < ends + patience) {
    if (is_well(load)) {
      result.heals = true;
      result.recovery = load.now - ends;
      return result;
    }
    const Seconds next = next_load_event(load);
    if (next >= ends + patience) break;
    run_alone(load, next);
  }
  return result;
}

Seconds longest_timeout_of(const LoadNet& net, std::uint32_t id) {
  const LoadStation& station = net.stations[id];
  double longest = 0;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    const double timeout = net.streams[s].timeout.value;
    if (timeout < kNoBound) longest = std::max(longest, timeout);
  }
  return {longest > 0 ? longest : 1.0};
}

}  // namespace outagesim

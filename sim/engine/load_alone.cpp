#include "sim/engine/load_alone.h"

#include <algorithm>
#include <cmath>

namespace outagesim {
namespace {

const std::vector<Clock> kNoClocks;

// A collapse that swings to and fro for so long does not heal.
constexpr std::uint64_t kMostEventsAfter = 100'000;

// By station: success of what its requests call, all told. A call that one
// request in ten makes fails one in ten.
void find_ready_shares(LoadState& load) {
  load.ready.assign(load.stations.size(), 1);
  for (std::uint32_t s = 0; s < load.streams.size(); ++s) {
    const CallStream& stream = load.net.streams[s];
    if (!stream.fails_caller) continue;
    const auto end = stream.first_caller + stream.callers;
    for (auto c = stream.first_caller; c < end; ++c) {
      load.ready[load.net.callers[c].station] *= load.streams[s].success;
    }
  }
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
  for (int round = 0; round < 100; ++round) {
    find_ready_shares(load);
    bool moved = false;
    for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
      const double failing = 1 - load.ready[id];
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
  const std::uint64_t most = load.events + kMostEventsAfter;
  while (load.now < ends + patience && load.events < most) {
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

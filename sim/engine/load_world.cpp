#include "sim/engine/load_world.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/compiled/need_factor.h"
#include "sim/engine/effects.h"
#include "sim/engine/load_notes.h"
#include "sim/engine/load_streams.h"
#include "sim/engine/world.h"

namespace outagesim {
namespace {

constexpr double kNoCalls = std::numeric_limits<double>::quiet_NaN();

// Circles of load and failure settle in a few rounds, or not at all.
constexpr int kMostRounds = 100;

double needs_factor(const World& world, NodeId node) {
  const Graph& graph = world.model.graph;
  const SettledAnswer settled{world.health};
  const NeedReader reader(graph, world.health, settled);
  double served = 1;
  const Node& n = graph.nodes[node];
  for (NeedId id = n.first_need; id < n.first_need + n.needs; ++id) {
    if (!world.health.dropped[id]) {
      served *= reader.factor(graph.needs[id]).served;
    }
  }
  return served;
}

void set_input(World& world, std::uint32_t station, const StationInput& input) {
  LoadInWorld& load = *world.load;
  StationState& state = load.state.stations[station];
  if (state.in == input) return;
  if (state.now < world.now) {  // up to here the old input held
    load.state.now = world.now;
  }
  state.in = input;
  if (world.cause != kNone) load.causes[station] = world.cause;
  mark_dirty(load.state, station);
  load.moved = true;
}

// Of an `any` need only the active alternative is called.
bool is_called(const World& world, const LoadCaller& caller) {
  if (caller.need == kNone) return true;
  const CompiledNeed& need = world.model.graph.needs[caller.need];
  if (world.health.dropped[caller.need] != 0) return false;
  if (need.kind != NeedKind::kAny) return true;
  const NeedState& state = world.health.needs[need.state];
  return !state.switching && state.active == caller.position;
}

void refresh_callers(World& world, std::uint32_t station) {
  LoadInWorld& load = *world.load;
  const LoadNet& net = load.state.net;
  for (const std::uint32_t c : load.calls_of[station]) {
    const std::uint8_t calls = is_called(world, net.callers[c]) ? 1 : 0;
    if (load.state.calls_made[c] == calls) continue;
    load.state.calls_made[c] = calls;
    note_caller(world, c, calls != 0);
    mark_dirty(load.state, net.streams[load.stream_of[c]].station);
  }
}

bool is_cache_lost(const World& world, const CallStream& stream) {
  const LoadState& state = world.load->state;
  if (stream.cache_in != kNone) return !is_up(world, stream.cache_in);
  const auto& callers = state.net.callers;
  for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
       ++c) {
    if (state.stations[callers[c].station].in.refuses) return true;
  }
  return false;
}

void refresh_caches(World& world) {
  LoadState& state = world.load->state;
  for (const std::uint32_t s : world.load->cached) {
    const CallStream& stream = state.net.streams[s];
    const bool lost = is_cache_lost(world, stream);
    if (lost == state.streams[s].cache_is_lost) continue;
    catch_up(state, stream.station);  // up to here it was as before
    state.streams[s].cache_is_lost = lost;
    note_cache(world, s, lost);
    mark_dirty(state, stream.station);
  }
}

void refresh_needs(World& world, std::uint32_t station) {
  const LoadInWorld& load = *world.load;
  StationInput input = load.state.stations[station].in;
  const NodeId node = load.state.net.stations[station].node;
  const double failing = 1 - needs_factor(world, node);
  if (std::abs(failing - input.failing) <= 1e-12) return;
  input.failing = failing;
  set_input(world, station, input);
}

// What a station needs and whom it calls can only change where propagation has
// been.
void refresh_reached(World& world) {
  LoadInWorld& load = *world.load;
  for (const NodeId node : world.propagation.settled()) {
    const std::uint32_t station = load.state.net.station_of[node];
    if (station != kNone) load.recheck.insert(station);
  }
  world.propagation.clear_settled();
  while (!load.recheck.empty()) {
    const std::uint32_t station = load.recheck.take_lowest();
    refresh_callers(world, station);
    refresh_needs(world, station);
  }
}

void set_own(World& world, std::uint32_t id) {
  const LoadInWorld& load = *world.load;
  const NodeId node = load.state.net.stations[id].node;
  const double own = load.own[id] * load_factor(load.state, id);
  if (std::abs(world.health.own[node] - own) <= 1e-12) return;
  world.health.own[node] = own;
  world.propagation.mark(node);
}

void mark_owners(World& world, std::uint32_t entry) {
  const Graph& graph = world.model.graph;
  const auto after = std::ranges::upper_bound(graph.needs, entry, {},
                                              &CompiledNeed::first_target);
  world.propagation.mark(std::prev(after)->owner);
}

// The success of a call is the mean over the cells that it may go to.
void set_entry(World& world, const LoadedEntry& of) {
  const LoadState& state = world.load->state;
  const auto streams = std::ranges::equal_range(state.net.entries, of.entry, {},
                                                &LoadedEntry::entry);
  double success = 0, asked = 0, weight = 0;
  for (const LoadedEntry& one : streams) {
    success += one.weight * state.streams[one.stream].success;
    asked += state.streams[one.stream].demand;
    weight += one.weight;
  }
  const double now = asked > 0 ? std::min(1.0, success / weight) : kNoCalls;
  double& known = world.health.calls[of.entry];
  const bool same =
      std::isnan(now) ? std::isnan(known) : std::abs(known - now) <= 1e-12;
  if (same) return;
  known = now;
  mark_owners(world, of.entry);
}

// New calls and no retries: what would come if the station were well.
double calls_wanted(const LoadState& state, std::uint32_t id) {
  const LoadStation& station = state.net.stations[id];
  double wanted = state.stations[id].in.adds;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    wanted += state.streams[s].demand;
  }
  return wanted;
}

// A station that has answered nobody for too long goes down. It stays down
// while more is offered than it can serve.
void fall_or_rise(World& world, std::uint32_t id) {
  LoadInWorld& load = *world.load;
  StationState& state = load.state.stations[id];
  if (!state.fell) return;
  const LoadStation& station = load.state.net.stations[id];
  if (load.fallen[id] == kNone) {
    if (world.trace) {
      tell(world, node_name(world.model.graph, station.node) + " falls over",
           "it has answered nobody in time");
    }
    Effect effect;
    effect.what.what = FaultEffect::What::kDown;
    effect.node = station.node;
    effect.cause = world.cause;
    load.fallen[id] = add_effect(world, effect);
  } else if (calls_wanted(load.state, id) < station.capacity.value) {
    state.fell = false;
    const std::uint32_t effect = load.fallen[id];
    load.fallen[id] = kNone;
    remove_effect(world, effect);
  }
}

void plan_next(World& world) {
  LoadInWorld& load = *world.load;
  const Seconds next = next_load_event(load.state);
  ++load.epoch;
  if (next < kForever) {
    schedule(world, next, {EventKind::kLoad, 0, 0, load.epoch});
  }
}

void set_calls(World& world, std::uint32_t id) {
  const LoadInWorld& load = *world.load;
  const LoadStation& station = load.state.net.stations[id];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    for (const LoadedEntry& entry : load.entries_of[s]) {
      set_entry(world, entry);
    }
  }
}

void publish(World& world) {
  LoadInWorld& load = *world.load;
  for (const std::uint32_t id : load.state.touched) {
    set_own(world, id);
    set_calls(world, id);
  }
  // By index: falling may touch other stations.
  for (std::size_t i = 0; i < load.state.touched.size(); ++i) {
    fall_or_rise(world, load.state.touched[i]);
  }
}

}  // namespace

void start_load(World& world) {
  LoadInWorld& load = *world.load;
  world.health.calls.assign(world.model.graph.targets.size(), kNoCalls);
  load.own.assign(load.state.net.stations.size(), 1);
  load.causes.assign(load.state.net.stations.size(), kNone);
  load.fallen.assign(load.state.net.stations.size(), kNone);
  load.epoch = 0;
  if (load.record != nullptr) *load.record = {};
  load.settled_at = {-1};
  reset_load(load.state, world.model.begins);
  for (const LoadStation& station : load.state.net.stations) {
    refresh_own(world, station.node);
  }
  mark_all_dirty(load.state);  // so that all of them are noted
  world.propagation.clear_settled();
  world.propagation.note_settled();
  for (std::uint32_t id = 0; id < load.state.stations.size(); ++id) {
    load.recheck.insert(id);
  }
  load.moved = true;
}

double own_under_load(World& world, NodeId node, const NodeBearing& bearing,
                      double own) {
  LoadInWorld& load = *world.load;
  const std::uint32_t id = load.state.net.station_of[node];
  if (id == kNone) return own;
  const LoadStation& station = load.state.net.stations[id];
  StationInput input = load.state.stations[id].in;
  input.refuses = bearing.down;
  input.demand = bearing.demand;
  input.adds = bearing.adds;
  const bool is_bounded = station.capacity.value < kNoBound;
  input.capacity = is_bounded ? bearing.health * bearing.capacity : 1;
  // What takes whatever comes is not short of capacity by more demand.
  const double works = std::min(1.0, bearing.health * bearing.capacity);
  load.own[id] = is_bounded ? bearing.served : works * bearing.served;
  input.errors = 1 - load.own[id];
  set_input(world, id, input);
  return load.own[id] * load_factor(load.state, id);
}

void note_changed(World& world) {
  LoadInWorld& load = *world.load;
  for (const NodeId node : world.propagation.changed()) {
    load.moved = load.moved || load.keeps_cache[node] != 0;
  }
}

bool settle_load(World& world) {
  LoadInWorld& load = *world.load;
  if (!load.moved && world.propagation.settled().empty()) return false;
  load.state.now = world.now;
  refresh_reached(world);
  if (!load.moved && load.state.later.empty()) return false;
  if (load.settled_at != world.now) load.rounds = 0;
  load.settled_at = world.now;
  load.moved = false;
  if (++load.rounds > kMostRounds) {
    plan_next(world);
    return false;
  }
  refresh_caches(world);
  load.moved = false;
  refresh_load(load.state);
  publish(world);
  note_touched(world);
  plan_next(world);
  return true;
}

void flush_under_load(World& world, NodeId node) {
  if (!world.load) return;
  LoadInWorld& load = *world.load;
  const std::uint32_t station = load.state.net.station_of[node];
  if (station == kNone) return;
  load.state.now = world.now;
  flush_calls(load.state, station);
  note_flush(world, station);
  load.moved = true;
}

void load_event(World& world) {
  LoadInWorld& load = *world.load;
  if (load.state.next.time() <= world.now.value) {
    world.cause = load.causes[load.state.next.source()];
  }
  advance_load(load.state, world.now);
  load.moved = true;
}

}  // namespace outagesim

#include "sim/engine/load_notes.h"

#include "sim/engine/world.h"

namespace outagesim {
namespace {

void note_stream(World& world, std::uint32_t id) {
  const LoadState& load = world.load->state;
  const StreamState& state = load.streams[id];
  const double hits = state.demand - state.fresh;
  const bool is_hit = load.net.streams[id].is_cached;
  world.load->record->streams.push_back(
      {since_start(world), id, PerSecond{state.demand},
       PerSecond{state.good + (is_hit ? hits : 0)}, PerSecond{state.gone},
       state.success});
}

void note_station(World& world, std::uint32_t id) {
  const LoadState& load = world.load->state;
  const StationState& state = load.stations[id];
  LoadRecord& record = *world.load->record;
  LoadInputStep step;
  step.at = since_start(world);
  step.station = id;
  step.input = state.in;
  step.scale = state.scale;
  record.inputs.push_back(step);
  record.stations.push_back({since_start(world), id, PerSecond{state.arriving},
                             PerSecond{state.served}, PerSecond{state.capacity},
                             state.queue, mean_latency(load, id),
                             latency_quantile(load, id, {0.99})});
  const LoadStation& station = load.net.stations[id];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    note_stream(world, s);
  }
}

void note(World& world, LoadInputStep& step) {
  if (world.load->record == nullptr) return;
  step.at = since_start(world);
  world.load->record->inputs.push_back(step);
}

}  // namespace

void note_touched(World& world) {
  LoadInWorld& load = *world.load;
  if (load.record == nullptr) return;
  for (const std::uint32_t id : load.state.touched) note_station(world, id);
}

void note_caller(World& world, std::uint32_t caller, bool calls) {
  LoadInputStep step;
  step.caller = caller;
  step.calls = calls;
  note(world, step);
}

void note_flush(World& world, std::uint32_t station) {
  LoadInputStep step;
  step.flushed = station;
  note(world, step);
}

void note_cache(World& world, std::uint32_t stream, bool lost) {
  LoadInputStep step;
  step.stream = stream;
  step.cache_is_lost = lost;
  note(world, step);
}

}  // namespace outagesim

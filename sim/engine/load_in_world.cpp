#include "sim/engine/load_in_world.h"

namespace outagesim {

std::unique_ptr<LoadInWorld> make_load(const Model& model) {
  if (model.load.empty()) return nullptr;
  auto load = std::make_unique<LoadInWorld>(model.load, model.plan.clocks);
  load->entries_of.resize(model.load.streams.size());
  for (const LoadedEntry& entry : model.load.entries) {
    load->entries_of[entry.stream].push_back(entry);
  }
  load->recheck = NodeSet(model.load.stations.size());
  load->calls_of.resize(model.load.stations.size());
  load->stream_of.resize(model.load.callers.size());
  load->keeps_cache.assign(model.graph.nodes.size(), 0);
  for (std::uint32_t s = 0; s < model.load.streams.size(); ++s) {
    const CallStream& stream = model.load.streams[s];
    if (stream.is_cached) load->cached.push_back(s);
    if (stream.cache_in != kNone) load->keeps_cache[stream.cache_in] = 1;
    for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
         ++c) {
      load->calls_of[model.load.callers[c].station].push_back(c);
      load->stream_of[c] = s;
    }
  }
  return load;
}

}  // namespace outagesim

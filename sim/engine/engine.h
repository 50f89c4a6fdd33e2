// Runs replications of a model. One replication is a pure function of (model,
// seed, index); an Engine only keeps memory from one to the next, so each
// thread has its own.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/engine/trace.h"

namespace outagesim {

struct LoadRecord;
struct World;

class Engine {
 public:
  // The model must outlive the engine.
  explicit Engine(const Model& model);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // From now on a replication is given up soon after a stop is requested.
  void heed(std::stop_token stop);

  // The result stays valid until the next run; where it says `abandoned` it
  // means nothing. With a trace, its lines are
  // replaced by this replication's story; results are the same either way.
  const Replication& run(std::uint64_t seed, std::uint64_t index,
                         Trace* trace = nullptr);

  // What later runs tell about their load is put there, replacing what it
  // held; nullptr: nowhere. Nothing comes without load in the model.
  void record_load(LoadRecord* record);

 private:
  std::unique_ptr<World> world_;
};

}  // namespace outagesim

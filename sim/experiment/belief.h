// What chance does and what not knowing does, in two phases: draws of the
// numbers that are believed, and for each of them replications of its own.
// Beside them the scenario as written, where only chance is at work.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/outcome.h"
#include "sim/stats/two_phase.h"

namespace outagesim {

struct BelievedModel {
  std::vector<std::string> inputs;  // names: each has a stream of its own
  // The model at a quantile of each belief; called by several threads at once.
  // Null: the scenario would be wrong there.
  std::function<std::unique_ptr<const Model>(const std::vector<Probability>&)>
      at;
};

struct BeliefOptions {
  std::uint64_t draws = 200;  // of the beliefs
  std::uint64_t each = 50;    // replications at each
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all cores
};

struct BeliefWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
};

// The middle and the middle nine tenths.
struct Spread {
  double p5 = kUndefined, p50 = kUndefined, p95 = kUndefined;
};

struct BelievedOutcome {
  Outcome outcome;
  VarianceParts parts;
  Spread chance;     // of a replication, the scenario as written
  Spread ignorance;  // of the mean
  Spread both;       // of a replication
};

struct BeliefResult {
  bool partial = false;  // stopped: nothing is told
  std::vector<BelievedOutcome> outcomes;
  std::uint64_t impossible = 0;  // draws given up: the scenario was wrong there
  std::uint64_t runs = 0;        // replications in all
};

// Every metric that is one number a replication, of the system and of each
// product, in which something happened. Cost: draws × each replications, and as
// many of the scenario as written. Preconditions: draws >= 8, each >= 2.
// Throws a UsageError if fewer than 8 draws are possible.
BeliefResult run_belief(const Model& as_written, const BelievedModel& model,
                        const BeliefOptions& options,
                        const BeliefWatch& watch = {});

}  // namespace outagesim

// Which input the answer hangs on. One at a time: the outcome with each input
// at its low and its high end, all else as written, on the same random numbers.
// Then, of the inputs that moved it most, Sobol's indices: the share of the
// variance that each would take away [Saltelli10, Jansen99], with the noise of
// simulation kept apart.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/outcome.h"
#include "sim/stats/sobol.h"

namespace outagesim {

// Where each input stands: a quantile of what it may be; as written if empty.
using InputPoint = std::vector<std::optional<Probability>>;

struct UncertainModel {
  // Called by several threads at once. Null: cannot be simulated there.
  std::function<std::unique_ptr<const Model>(const InputPoint&)> at;
  struct Ends {
    Probability low, high;
  };
  std::vector<Ends> inputs;
};

struct SensitivityOptions {
  std::uint64_t replications = 1000;  // at each end, one at a time
  std::uint64_t seed = 1;
  unsigned threads = 0;         // 0: all cores
  std::size_t most_inputs = 8;  // that Sobol's indices are told of; 0: none
  std::uint64_t rows = 256;     // pairs of random input vectors
  std::uint64_t each = 32;      // replications at a vector: even
};

struct SensitivityWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
};

struct InputEffect {
  Estimate low, high;         // the outcome at the ends; undefined: cannot be
  Estimate swing;             // high − low, paired
  bool does_nothing = false;  // exactly, in every replication
  Estimate first, total;      // undefined where not asked
};

struct Sensitivity {
  bool partial = false;                 // stopped: what is missing is undefined
  Estimate base;                        // as written
  std::vector<InputEffect> effects;     // by input
  std::vector<std::size_t> varied;      // in Sobol's rows, by size of swing
  SobolIndices sobol;                   // of those
  double chance_variance = kUndefined;  // of one replication, inputs known
  std::uint64_t runs = 0;               // replications in all
};

// Cost: replications × 2 × inputs, then rows × (varied + 2) × each.
// Preconditions: rows >= 8, each >= 4 and even.
Sensitivity analyse_sensitivity(const UncertainModel& model,
                                const Outcome& outcome,
                                const SensitivityOptions& options,
                                const SensitivityWatch& watch = {});

}  // namespace outagesim

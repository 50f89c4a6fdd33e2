// Many replications at once. A block of replications is a pure function of
// (model, seed, block), and summaries merge exactly: the same bytes with any
// number of threads. A run that was stopped keeps what is finished.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/experiment/series.h"
#include "sim/experiment/summary.h"

namespace outagesim {

struct MonteCarloOptions {
  std::uint64_t replications = 10000;  // at most
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all cores
  // Stop once the mean of the user-minutes lost (without people: of the
  // downtime) is known to this relative half-width; looked at after 1024
  // replications and at each half as many again, whatever the threads.
  std::optional<double> precision;
  // Take off the means what failures that never meet would lose above what
  // they do on average (models/analysis/linear_controls.h).
  bool reduce_variance = false;
  // Only these replications; in whole blocks. Precondition: no precision.
  std::optional<RunRange> part = std::nullopt;
};

// Text made of replications, written in their order while the run goes on.
struct Notes {
  // Appends what a replication has to say. Called from several threads.
  std::function<void(const Replication&, std::string&)> tell;
  // Takes the text; false if it cannot, which ends the run. Called serially.
  // May be empty: then text is only kept for checkpoints.
  TakeText write;
};

struct MonteCarloWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
  // Sees each replication that this process simulates, in any order, from
  // several threads; keeps nothing for checkpoints. May be empty.
  std::function<void(const Replication&)> look;
  std::vector<Notes> notes;
  const SeriesKeeper* keeper = nullptr;  // of checkpoints; may be nobody
  const RankLink* ranks = nullptr;       // nothing: this process alone
};

struct MonteCarloResult {
  Summary summary;
  bool partial = false;  // stopped from outside before it was done
};

// Precondition: the model outlives the result. Memory does not grow with the
// number of replications, but that a keeper is given all notes.
MonteCarloResult run_monte_carlo(const Model& model,
                                 const MonteCarloOptions& options,
                                 const MonteCarloWatch& watch = {});

// Whether the mean that a precision is asked of is known to that relative
// half-width. False where it is 0.
bool precise_enough(const Summary& summary, double precision);

// A value of a metric, to be found in a single replication.
struct Likeness {
  const Metric* metric = nullptr;  // one that is read from replications
  Subject subject;
  double value = 0;
};

// The number of the replication of the run that comes nearest to it, the lowest
// of equals; nothing if the metric never applied, or if stopped. Runs the
// replications again.
std::optional<std::uint64_t> replication_like(const Model& model,
                                              const MonteCarloOptions& options,
                                              const Likeness& likeness,
                                              const std::stop_token& stop = {});

}  // namespace outagesim

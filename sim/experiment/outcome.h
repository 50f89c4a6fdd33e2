// One number of each replication, chosen by name, that an analysis asks about:
// the user-minutes lost, a product's downtime. Subjects are found by name, so
// one outcome can be read from the replications of several models.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/experiment/metrics.h"

namespace outagesim {

struct Outcome {
  const Metric* metric = nullptr;
  Scope scope = Scope::kSystem;
  std::string subject;  // "system", "chatgpt"
};

// "chatgpt:downtime", or "user_minutes_lost" of the whole system; in a model
// with one product what is told of products only is that one's. Throws a
// UsageError that begins with `option` for what cannot be read as one number a
// replication.
Outcome outcome_named(const Model& model, const std::string& text,
                      const std::string& option);
// User-minutes lost; the downtime where there are no people.
Outcome usual_outcome(const Model& model);

// "user_minutes_lost", "chatgpt:downtime".
std::string outcome_name(const Outcome& outcome);

// The outcome in a model: its subject there. Reading costs what the metric
// costs. A subject that the model does not have counts 0.
class OutcomeReader {
 public:
  OutcomeReader(const Model& model, const Outcome& outcome);
  double read(const Replication& replication);

 private:
  const Model& model_;
  const Metric& metric_;
  Subject subject_;
  bool found_ = false;
  Samples samples_;
};

struct OutcomeRun {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;  // a multiple of kBlockSize
  std::uint64_t replications = 0;
  unsigned threads = 0;  // 0: all cores
  std::stop_token stop = {};
};

// The outcome of each replication, in their order; none if stopped. The same
// with any number of threads.
std::vector<double> outcome_values(const Model& model, const Outcome& outcome,
                                   const OutcomeRun& run);

}  // namespace outagesim

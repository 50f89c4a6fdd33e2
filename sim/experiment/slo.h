// How surely objectives are met over many replications, how fast their error
// budgets are used up, and the weakest link: the cause of most of the downtime.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "sim/experiment/objectives.h"
#include "sim/experiment/summary.h"
#include "sim/stats/proportion.h"

namespace outagesim {

// What many replications say of one objective. Windows of one replication may
// depend on each other.
struct ObjectiveTally {
  ClusteredProportion met;       // windows
  ClusteredProportion not_lost;  // met or undecided
  Survival used;   // of the error budget, by window; all are seen to their end
  Survival lasts;  // s from a window's start until the budget is used up
  std::uint64_t windows = 0;
  std::uint64_t undecided = 0;  // windows

  void add(const std::vector<JudgedWindow>& judged);
  void merge(const ObjectiveTally& other);
  // That a window is met. An undecided one counts as missed; the upper end
  // takes it for met.
  Estimate probability() const;
};

// The downtime of one product (or of all together), by the cause that began
// each outage. Causes without an outage take no room.
struct DowntimeByCause {
  struct Sums {
    ExactSum time, squares, with_total;  // time × the replication's total
  };
  Mean total;
  std::uint64_t with_downtime = 0;       // replications
  std::map<std::uint32_t, Sums> causes;  // as in cause_name(); kNone: unknown

  // The downtime of one replication, by cause.
  void add(const std::map<std::uint32_t, double>& times);
  void merge(const DowntimeByCause& other);
  Estimate share(std::uint32_t cause) const;
};

struct WeakLink {
  std::string cause;  // "power", "fails of api"; empty: there was no downtime
  Estimate share;     // of the downtime
};

// The verdict on an objective.
struct ObjectiveVerdict {
  const CompiledObjective* objective = nullptr;
  Estimate met;               // probability that a window meets it
  std::uint64_t windows = 0;  // judged
  std::uint64_t undecided = 0;
  std::optional<bool> passed;              // the gate, if it is one
  Estimate used_mean, used_p50, used_p95;  // of the budget; 1: all
  // s from a window's start; undefined where too few run out.
  Estimate lasts_p5, lasts_p50, lasts_p95;
  WeakLink weakest;
};

// What is held against a gate: the estimate, or an end of its interval. So a
// gate passes when the probability is surely kept (kLow), or fails only when it
// is surely missed (kHigh).
enum class GateRule : std::uint8_t { kEstimate, kLow, kHigh };

class SloTally {
 public:
  // Precondition: the model outlives this.
  explicit SloTally(const Model& model);

  void add(const Replication& replication);
  void merge(const SloTally& other);

  std::uint64_t replications() const { return replications_; }
  std::vector<ObjectiveVerdict> verdicts(
      GateRule rule = GateRule::kEstimate) const;
  // All objectives at once, as met_together() has it. An undecided window
  // counts as missed; the upper end takes it for met.
  Estimate all_met() const;
  // The causes of the downtime of a product (kNone: of all), worst first.
  std::vector<WeakLink> links(std::uint32_t product) const;

 private:
  const Model* model_;
  std::uint64_t replications_ = 0;
  std::vector<ObjectiveTally> objectives_;
  Mean together_, together_at_most_;       // what is undecided missed, and met
  std::vector<DowntimeByCause> downtime_;  // by product, then of all
};

struct SloOptions {
  std::uint64_t replications = 10000;
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all cores
};
struct SloWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
};
struct SloResult {
  SloTally tally;
  bool partial = false;  // stopped from outside
};

// The same bytes with any number of threads.
SloResult run_slo(const Model& model, const SloOptions& options,
                  const SloWatch& watch = {});

}  // namespace outagesim

// A budget of replications spent where the ranking of strategies is open. A
// strategy's replications are always the first of the numbered ones, so all
// share their random numbers as far as they go; see allocation.h.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/experiment/allocation.h"
#include "sim/experiment/compare.h"

namespace outagesim {

struct BudgetOptions {
  std::uint64_t budget = 0;  // replications of all candidates together
  double sure = 1;           // stop earlier once the best is so surely known
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all cores
};

// A candidate in the ranking metric, on its own prefix. Intervals are of one
// candidate each, not corrected for their number.
struct BudgetEffect {
  Estimate mean;
  Estimate difference;  // candidate − baseline, on their common prefix
  Estimate behind;      // candidate − best, on theirs
};

struct BudgetResult {
  std::vector<Candidate> candidates;  // the baseline first
  const Metric* metric = nullptr;     // of the system; lower is better
  AllocationResult allocation;
  Outcomes outcomes;

  std::vector<BudgetEffect> effects() const;
};

// The least budget that can be spent: a block of each candidate.
std::uint64_t least_budget(std::size_t candidates);

// The same result with any number of threads. Preconditions: at least two
// candidates, the first the baseline; budget >= least_budget(candidates).
BudgetResult run_budget(const std::vector<Candidate>& candidates,
                        const BudgetOptions& options,
                        const CompareWatch& watch = {});

}  // namespace outagesim

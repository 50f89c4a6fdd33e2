// Which of several contenders needs more replications, so that the best (the
// lowest mean) is found soonest: optimal computing budget allocation [Chen00].
// All run on the same random numbers, so a contender is held against the best
// on the replications that both have, a common prefix, with the paired variance
// there: n_i in proportion to (s_i / d_i)^2, and the best as many as the most
// of the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace outagesim {

// The outcomes of each contender, by replication: a prefix of what there is.
using Outcomes = std::vector<std::vector<double>>;

// Replications [first, last) of a contender.
struct ReplicationOrder {
  std::size_t contender = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};
// Appends what was ordered to the outcomes. False: stopped, and nothing was.
using RunOrders = std::function<bool(const std::vector<ReplicationOrder>&,
                                     Outcomes& outcomes)>;

struct AllocationOptions {
  std::uint64_t budget = 0;  // replications of all contenders together
  double sure = 1;           // stop earlier once the best is so surely known
  // Of each, before anything is decided; 0: a quarter of the budget for all.
  std::uint64_t first = 0;
  std::uint64_t step = 16;  // orders are multiples of it
};

// A contender against the best, on their common prefix.
struct ContenderStanding {
  std::uint64_t replications = 0;
  double behind = 0;     // mean of contender − best; 0 for the best itself
  double deviation = 0;  // of one such difference
};

struct AllocationResult {
  std::size_t best = 0;  // the first of equals; may be undecided
  std::vector<ContenderStanding> standings;
  double sure = 0;          // that it is the best, at least (Bonferroni)
  std::uint64_t spent = 0;  // replications in all
  // What the same number for each would take in all to be as sure. 0: unknown,
  // as nothing varies.
  std::uint64_t equal = 0;
  bool partial = false;  // stopped from outside
};

// Who leads, how far and how surely. Precondition: two outcomes of each at
// least.
AllocationResult standings_of(const Outcomes& outcomes);

// Spends the budget in rounds. Decides by outcomes alone, so the threads that
// run the orders do not matter. Precondition: at least two contenders.
AllocationResult allocate(std::size_t contenders,
                          const AllocationOptions& options,
                          const RunOrders& run, Outcomes& outcomes);

}  // namespace outagesim

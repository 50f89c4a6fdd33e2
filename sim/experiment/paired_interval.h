// Intervals of what is compared, by Student's t over the replications that tell
// something of it, and of differences of shares by Agresti and Min.
#pragma once

#include <cstdint>

#include "sim/experiment/compare.h"

namespace outagesim {

// Of `n` replications, of which so many have a count below the line.
struct Known {
  std::uint64_t n = 0;
  std::uint64_t told = 0;
};

// `variance` is that of one replication. Without ends while fewer than two
// replications tell anything.
Estimate interval_of(double value, double variance, Known known, double level);

// What to add to the variance of a paired difference: for a share of what is
// met or not, that of one replication more in which the two differ, as some
// might where none was seen to [Agresti05]; else 0.
double variance_unseen(const ComparedMetric& row, std::uint64_t n);

}  // namespace outagesim

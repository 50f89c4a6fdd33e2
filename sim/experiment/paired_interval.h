// Intervals of what is compared, by Student's t over the replications that tell
// something of it, and of differences of shares by Agresti and Min.
#pragma once

#include <cstdint>

#include "sim/experiment/metric.h"
#include "sim/stats/estimate.h"

namespace outagesim {

// What a replication in which nothing happened tells.
double quiet_value(const Metric& metric);

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
double variance_unseen(const Metric& metric, std::uint64_t n);

// Replications of which `differing` are not the same under both strategies.
struct PairsSeen {
  std::uint64_t n = 0;
  std::uint64_t differing = 0;
  // How much one that is not seen may change the mean, times n.
  double size = 0;
};

// The interval with what the replications may not have shown, from that of
// Student. Where few differ, how many do is a Poisson count, whose score
// interval [Wilson27] is told to both sides as wide as to the wider one: none
// of n stand for up to 3.84 of n at 95 %. A change has the root mean square
// size of those seen and one more of `size`. Nothing is added where all differ;
// there are no ends where nothing ever happened, for nobody knows the size of a
// change. Of differences that few replications make it holds the truth in 91 %
// of cases (ten, their sizes lognormal) to 100 % (fewer than three).
Estimate with_unseen(Estimate difference, double variance,
                     const PairsSeen& pairs, double level);

}  // namespace outagesim

// Quantiles of a sorted sample and their intervals by order statistics: how
// many of n observations lie below the true quantile is binomial, whatever the
// law [David03, sec. 7.1].
#pragma once

#include <cstdint>
#include <span>

#include "sim/stats/binned_counts.h"

namespace outagesim {

// Ranks count from 1. low = 0 or high = n + 1: the sample cannot close it.
struct QuantileRanks {
  std::uint64_t low = 0;
  std::uint64_t value = 0;
  std::uint64_t high = 0;
};

// The order statistics that estimate and enclose the p-quantile.
// Preconditions: n > 0, 0 < p < 1.
QuantileRanks quantile_ranks(std::uint64_t n, double p, double level);

// How sure to be, and of what: n observations that depend on each other tell as
// much as n / design_effect independent ones [Korn98].
struct Certainty {
  double level = kConfidence;
  double design_effect = 1;
};

// The p-quantile of the bins: the least value that at least a share p of the n
// observations do not exceed. `ascending` holds n observations, least first.
Estimate quantile_of(std::span<const BinCount> ascending, double p,
                     Certainty certainty = {});

// The same without its interval, which is nearly all of its cost. NaN while
// empty.
double quantile_value(std::span<const BinCount> ascending, double p);

// An interval of a binned sample whose ends are less than five bins apart, as
// wide as the bins that they lie in: within one the observations are not told
// apart, so an end told as its centre may be short. `least` and `greatest` are
// of the sample.
Estimate wide_as_its_bins(Estimate estimate, double least, double greatest);

// The share of observations below x, ties counting half. Wilson's interval.
Estimate share_below(std::span<const BinCount> ascending, double x,
                     Certainty certainty = {});

}  // namespace outagesim

// Whether a fitted law could have given a sample. The law was fitted to the
// very sample, so tables of the tests do not hold: samples are drawn from it,
// fitted anew, and the distances compared (parametric bootstrap [Stute93]).
#pragma once

#include <cstdint>
#include <span>

#include "models/analysis/fit_law.h"
#include "sim/stats/estimate.h"

namespace outagesim {

struct GoodnessOptions {
  std::uint64_t replicates = 999;  // 0: distances only
  std::uint64_t seed = 1;
  std::uint64_t entity = 0;  // hash of what is tested
};

struct Goodness {
  LawDistance distance;
  // Share of refitted samples at least as far away; the interval is that of so
  // many replicates. Undefined without replicates.
  Estimate kolmogorov_smirnov;
  Estimate anderson_darling;
  std::uint64_t replicates = 0;
};

// As many samples as keep a fit to seconds: fewer above 5,000 times, and none
// where there could be but a few, above 50,000.
std::uint64_t affordable_replicates(std::uint64_t wanted, std::size_t times);

// Precondition: at least two different times, ascending, all complete.
// O(replicates × n).
Goodness goodness_of(const FittedLaw& fit, std::span<const double> ascending,
                     const GoodnessOptions& options);

}  // namespace outagesim

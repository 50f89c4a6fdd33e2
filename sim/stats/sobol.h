// Which inputs drive the variance of an answer: Sobol's first-order index (what
// knowing the input alone would take away) and total index (what is left when
// all but it are known), from rows of two independent input vectors A and B,
// and A with one element of B [Saltelli10, table 2 b; Jansen99]. Every value is
// simulated twice, independently: products of the two are free of the noise of
// simulation, so the indices are those of the true mean.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/stats/estimate.h"

namespace outagesim {

// A value by two independent simulations; of an exact function twice the same.
using Twice = std::array<double, 2>;

struct SobolRow {
  Twice a, b;
  std::vector<Twice> mixed;  // by input: A with this input of B
};

struct SobolIndices {
  Estimate mean;                       // over the inputs
  Estimate variance;                   // of the true value, by the inputs
  std::vector<Estimate> first, total;  // by input
};

// Intervals are of 999 bootstrap samples of rows, by percentile [Efron93].
// Precondition: at least 8 rows of the same number of inputs.
// O(1000 × rows × inputs).
SobolIndices sobol_indices(std::span<const SobolRow> rows, std::uint64_t seed);

}  // namespace outagesim

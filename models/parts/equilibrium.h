// Renewal processes in equilibrium: the interval that covers a random moment is
// length-biased, long ones being likelier to be met [Cox62, chapter 5].
#pragma once

#include <cstdint>

#include "models/base/units.h"
#include "models/parts/distribution.h"

namespace outagesim {

// The u-quantile of the length-biased law, whose density is x f(x) / mean.
// Precondition: the mean is finite. About 1 µs; a cut law 30 µs.
double length_biased_quantile(const Distribution& d, Probability u);

// The smallest k with P(X ≤ k) ≥ u for a Poisson number X of this mean ≥ 0.
std::uint64_t poisson_quantile(double mean, Probability u);

}  // namespace outagesim

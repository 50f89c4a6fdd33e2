// How surely a number seen is not the one expected: p-values of both tails, and
// how many occasions a mean needs before it is judged by the normal law.
#pragma once

#include <cstdint>

namespace outagesim {

// Fewer occasions than this, and a mean over them is far from normal.
inline constexpr std::uint64_t kFewOccasions = 200;

// Both tails of the binomial law beyond what was seen [Clopper34].
double binomial_p_value(std::uint64_t successes, std::uint64_t n, double p);

// Of a normal score, and back with a sign.
double two_sided(double z);
double z_of(double p_value, double sign);

// How many occasions a mean needs, by the skewness of a lognormal law of the
// same mean and middle: e^(sigma^2) is the square of their ratio, r, and the
// square of the skewness (r + 2)^2 (r - 1). Harsh on lighter tails: 441 for an
// exponential law.
double occasions_needed(double mean, double middle);

}  // namespace outagesim

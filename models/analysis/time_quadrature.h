// Times as sums: a law of chance as weighed times, so that means over several
// independent times are sums over all combinations; and survival functions,
// raced, added and correlated by numerical integration. A continuous law is
// taken at the points of Gauss and Legendre over its normal score, where it is
// smooth; laws of atoms are taken as they are.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "models/parts/distribution.h"

namespace outagesim {

struct WeighedTimes {
  std::vector<double> at;      // s
  std::vector<double> weight;  // sum 1
};

// Of the least of independent times, at so many points. Precondition: not
// empty.
WeighedTimes weighed_least(const std::vector<Distribution>& times,
                           std::uint32_t points);

// Of the sum of two independent times: all combinations.
WeighedTimes added(const WeighedTimes& a, const WeighedTimes& b);

// Σ weight × of(time).
double weighed_mean(const WeighedTimes& times,
                    const std::function<double(double)>& of);

// P(T > t), for t >= 0.
using SurvivalFunction = std::function<double(double)>;
SurvivalFunction survival_of(const Distribution& law);

// Of the least and of the largest of times whose normal scores share a cause:
// any two have this correlation (Gaussian copula).
SurvivalFunction survival_of_least(const std::vector<Distribution>& times,
                                   double correlation);
SurvivalFunction survival_of_largest(const std::vector<Distribution>& times,
                                     double correlation);

// Of first + then, tabulated over the spread of both: about five digits.
// Preconditions: `first` is continuous, `then` has no jumps above 0.
SurvivalFunction survival_of_sum(const Distribution& first,
                                 const SurvivalFunction& then);

// The same function by cubic interpolation in ln t between two times, constant
// outside. Precondition: at least 4 points.
std::function<double(double)> tabulated(const std::function<double(double)>& of,
                                        double from, double to,
                                        std::uint32_t points);

// ∫ of(t) dt from 0 to infinity of a function that falls from at most 1, and
// is negligible beyond `to` and constant below `from`.
double integral_in_decades(const std::function<double(double)>& of, double from,
                           double to);

}  // namespace outagesim

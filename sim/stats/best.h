// The probability of being best: of several means that are known with error,
// how likely each is the lowest. Normal posterior with the means' covariance,
// so shared luck counts for nothing [Chick01]; by 20,000 fixed draws.
#pragma once

#include <vector>

namespace outagesim {

// `covariance` is of the means (not of one observation), row by row,
// means.size()² entries, positive semidefinite up to rounding. Equal means
// without a difference share. The result sums to 1. Cost O(draws × size²).
std::vector<double> probability_lowest(const std::vector<double>& means,
                                       const std::vector<double>& covariance);

}  // namespace outagesim

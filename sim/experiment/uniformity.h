// Where reality fell in many forecasts, each told as a number in [0, 1]: if the
// forecasts were right, these are uniform (probability integral transform
// [Gneiting07]). A few incidents say nothing; from kFewestPlaces on it is
// tested.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/stats/estimate.h"

namespace outagesim {

inline constexpr std::size_t kFewestPlaces = 20;
inline constexpr std::size_t kPlaceBins = 10;

struct Uniformity {
  std::array<std::uint64_t, kPlaceBins> histogram{};
  double anderson_darling = kUndefined;
  // Share of uniform samples of that size at least as far off: exact but for
  // the number of samples, which the interval tells.
  Estimate p_value;
};

// The Anderson-Darling distances of 9,999 uniform samples of `n`, ascending.
std::vector<double> uniform_distances(std::size_t n, std::uint64_t seed);

// Preconditions: each place in [0, 1]; `distances` are those of as many places.
Uniformity uniformity_of(std::span<const double> places,
                         std::span<const double> distances);
// Draws the distances first.
Uniformity uniformity_of(std::span<const double> places, std::uint64_t seed);

}  // namespace outagesim

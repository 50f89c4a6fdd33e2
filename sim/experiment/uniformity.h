// Where reality fell in many forecasts, each told as a number in [0, 1]: if the
// forecasts were right, these are uniform (probability integral transform
// [Gneiting07]). A few incidents say nothing; from kFewestPlaces on it is
// tested.
#pragma once

#include <array>
#include <cstdint>
#include <span>

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

// Precondition: each in [0, 1]. Draws 9,999 samples of as many.
Uniformity uniformity_of(std::span<const double> places, std::uint64_t seed);

}  // namespace outagesim

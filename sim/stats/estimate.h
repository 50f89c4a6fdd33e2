// What every estimator returns: a number, its interval, and from how much.
// Estimators are plain structs of integers and exact sums: they never grow with
// n, merge to the same bits in any order, and show their state to an archive by
// `visit`. An archive is called with fields by reference (numbers, arrays,
// vectors, or things with a `visit` of their own) and reads or assigns them.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace outagesim {

inline constexpr double kConfidence = 0.95;
inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

// A NaN value: the data do not define it. NaN ends: no interval can be given.
// An infinite end: the interval is open, the data are too few to close it.
struct Estimate {
  double value = kUndefined;
  double low = kUndefined;
  double high = kUndefined;
  std::uint64_t n = 0;         // independent observations it rests on
  std::uint64_t censored = 0;  // of which seen only in part

  bool defined() const { return !std::isnan(value); }
};

// How many standard errors to either side hold `level` of the probability.
double normal_critical(double level);
double student_critical(double level, double degrees_of_freedom);

}  // namespace outagesim

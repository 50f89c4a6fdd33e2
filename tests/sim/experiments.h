// Seeded experiments for tests of estimators: variates by inversion, and how
// often an interval covers the truth.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numbers>

#include "sim/core/random.h"
#include "sim/stats/estimate.h"

namespace outagesim {

inline double exponential(Stream& stream) { return -std::log(stream.next()); }

inline double normal(Stream& stream) {
  const double radius = std::sqrt(-2 * std::log(stream.next()));
  return radius * std::cos(2 * std::numbers::pi * stream.next());
}

inline int poisson(double mean, Stream& stream) {
  int count = 0;
  double t = exponential(stream);
  while (t < mean) {
    ++count;
    t += exponential(stream);
  }
  return count;
}

// Runs experiment(stream) -> Estimate 1,000 times. A 95 % interval must cover
// the truth in 95 % of them, within four standard errors.
template <class Experiment>
void expect_coverage(double truth, Experiment experiment) {
  constexpr int kExperiments = 1000;
  int covered = 0;
  for (std::uint64_t i = 0; i < kExperiments; ++i) {
    Stream stream{StreamKey{.seed = 95, .replication = i}};
    const Estimate estimate = experiment(stream);
    covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
  }
  EXPECT_NEAR(covered / double{kExperiments}, 0.95,
              4 * std::sqrt(0.95 * 0.05 / kExperiments));
}

}  // namespace outagesim

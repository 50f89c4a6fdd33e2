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

inline constexpr int kExperiments = 1000;

// Of how many of the experiment(stream) -> Estimate the interval covers the
// truth, as a share.
template <class Experiment>
double coverage_of(double truth, Experiment experiment,
                   std::uint64_t experiments = kExperiments) {
  std::uint64_t covered = 0;
  for (std::uint64_t i = 0; i < experiments; ++i) {
    Stream stream{StreamKey{.seed = 95, .replication = i}};
    const Estimate estimate = experiment(stream);
    covered += estimate.low <= truth && truth <= estimate.high ? 1U : 0U;
  }
  return static_cast<double>(covered) / static_cast<double>(experiments);
}

// Four standard errors of a share of that many that is 95 %.
inline double coverage_error(std::uint64_t experiments = kExperiments) {
  return 4 * std::sqrt(0.95 * 0.05 / static_cast<double>(experiments));
}

// A 95 % interval must cover the truth in 95 % of 1,000 experiments, within
// four standard errors.
template <class Experiment>
void expect_coverage(double truth, Experiment experiment) {
  EXPECT_NEAR(coverage_of(truth, experiment), 0.95, coverage_error());
}

// The same of 10,000, within 0.9 points: an interval a tenth too narrow would
// cover 92.2 %, which 1,000 experiments hardly tell from 95 %.
inline constexpr std::uint64_t kManyExperiments = 10000;

template <class Experiment>
void expect_sharp_coverage(double truth, Experiment experiment) {
  EXPECT_NEAR(coverage_of(truth, experiment, kManyExperiments), 0.95,
              coverage_error(kManyExperiments));
}

}  // namespace outagesim

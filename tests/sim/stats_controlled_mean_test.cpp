#include "sim/stats/controlled_mean.h"

#include <gtest/gtest.h>

#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

// A skewed outcome that follows its control, but not along a line: E[e^2] = 2
// and E[e] = 1 for e exponential, so the mean is 3.
ControlledMean curved(int n, Stream& stream) {
  ControlledMean mean;
  for (int i = 0; i < n; ++i) {
    const double e = exponential(stream);
    mean.add(static_cast<std::uint64_t>(i), e + e * e / 2 + exponential(stream),
             e - 1);
  }
  return mean;
}

TEST(ControlledMeanStatistics, CoversTheTruth) {
  expect_coverage(
      3, [](Stream& stream) { return curved(400, stream).estimate(); });
}

TEST(ControlledMeanStatistics, CoversWithFewNormals) {
  expect_coverage(5, [](Stream& stream) {
    ControlledMean mean;
    for (std::uint64_t i = 0; i < 64; ++i) {
      const double control = normal(stream);
      mean.add(i, 5 + 3 * control + normal(stream), control);
    }
    return mean.estimate();
  });
}

// With one coefficient for all, fitted to the same few observations, the mean
// of this outcome misses by several standard errors.
TEST(ControlledMeanStatistics, IsUnbiased) {
  Mean estimates;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    Stream stream{StreamKey{.seed = 96, .replication = i}};
    ControlledMean mean;
    for (std::uint64_t k = 0; k < ControlledMean::kFewest; ++k) {
      const double e = exponential(stream);
      mean.add(k, e * e, e - 1);
    }
    estimates.add(mean.estimate().value);
  }
  const double error = std::sqrt(estimates.variance() / 20'000);
  EXPECT_NEAR(estimates.mean(), 2, 4 * error);
}

// What the control explains but for something that happens once in 300 runs:
// most samples of 100 have not seen it.
TEST(ControlledMeanStatistics, CoversWhatIsTooRareToBeSeen) {
  int covered = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    Stream stream{StreamKey{.seed = 94, .replication = i}};
    ControlledMean mean;
    for (std::uint64_t k = 0; k < 100; ++k) {
      const double e = exponential(stream);
      const bool met = stream.next() < 1.0 / 300;
      mean.add(k, met ? e / 2 : e, e - 1);
    }
    const Estimate told = mean.estimate();
    const double truth = 1 - 0.5 / 300;
    covered += told.low <= truth && truth <= told.high;
  }
  EXPECT_GE(covered, 950 - 4 * std::sqrt(1000 * 0.95 * 0.05));
}

// One run in twenty has a failure; its share lost is uniform. What is told of
// the variance must not be what a coefficient fitted to three failures leaves:
// that is a fifteenth of the real one; held out it is six sevenths.
TEST(ControlledMeanStatistics, TellsTheVarianceOfFewFailures) {
  Mean excess;  // of two thirds of the squared error over what is told
  for (std::uint64_t i = 0; i < 4000; ++i) {
    Stream stream{StreamKey{.seed = 95, .replication = i}};
    ControlledMean mean;
    for (std::uint64_t k = 0; k < 64; ++k) {
      const bool fails = stream.next() < 0.05;
      const double length = fails ? exponential(stream) : 0;
      mean.add(k, length * stream.next(), length - 0.05);
    }
    const Estimate estimate = mean.estimate();
    const double told =
        (estimate.high - estimate.value) / student_critical(kConfidence, 62);
    const double error = estimate.value - 0.025;
    excess.add(error * error * 2 / 3 - told * told);
  }
  EXPECT_LT(excess.mean(), -4 * std::sqrt(excess.variance() / 4000));
}

TEST(ControlledMeanStatistics, GainsWhatTheCorrelationLeaves) {
  Stream stream{StreamKey{.seed = 97}};
  ControlledMean mean;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const double control = normal(stream);
    mean.add(i, 3 * control + normal(stream), control);
  }
  EXPECT_NEAR(mean.gain(), 10, 0.2);  // variance 10 against 1
}

TEST(ControlledMean, IsThePlainMeanWithFewOrWithoutControl) {
  Stream stream{StreamKey{.seed = 98}};
  ControlledMean few, idle;
  Mean of_few, of_idle;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const double x = normal(stream);
    if (i < ControlledMean::kFewest - 1) few.add(i, x, normal(stream));
    if (i < ControlledMean::kFewest - 1) of_few.add(x);
    idle.add(i, x, 0);
    of_idle.add(x);
  }
  EXPECT_EQ(few.estimate().value, of_few.mean());
  EXPECT_EQ(few.gain(), 1);
  EXPECT_EQ(idle.estimate().low, of_idle.estimate().low);
  EXPECT_EQ(idle.gain(), 1);
}

TEST(ControlledMean, MergesToTheSameInAnyOrder) {
  Stream stream{StreamKey{.seed = 99}};
  ControlledMean all, odd, even;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const double x = normal(stream), y = normal(stream);
    all.add(i, x, y);
    (i % 3 == 0 ? odd : even).add(i, x, y);
  }
  even.merge(odd);
  EXPECT_EQ(even, all);
}

}  // namespace
}  // namespace outagesim

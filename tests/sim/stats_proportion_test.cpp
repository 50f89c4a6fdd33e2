#include "sim/stats/proportion.h"

#include <gtest/gtest.h>

#include "sim/stats/rate.h"

namespace outagesim {
namespace {

struct WilsonCase {
  double successes;
  std::uint64_t n;
  double low, high;
};

// [Newcombe98, table I, method 3].
TEST(Proportion, WilsonIntervalsAsPublished) {
  for (const auto& [successes, n, low, high] :
       {WilsonCase{81, 263, 0.2553, 0.3662},
        WilsonCase{15, 148, 0.0624, 0.1605}, WilsonCase{0, 20, 0, 0.1611},
        WilsonCase{1, 29, 0.0061, 0.1718}}) {
    const Estimate estimate = wilson(successes, n);
    EXPECT_NEAR(estimate.low, low, 5e-5);
    EXPECT_NEAR(estimate.high, high, 5e-5);
  }
}

// With no success the upper end is z^2 / (n + z^2).
TEST(Proportion, NoneOfTenReachesTwentyEightPercent) {
  Proportion proportion;
  for (int i = 0; i < 10; ++i) proportion.add(false);
  EXPECT_EQ(proportion.estimate().low, 0);
  EXPECT_NEAR(proportion.estimate().high, 3.841459 / 13.841459, 1e-7);
}

TEST(Proportion, AllOfNEndsAtOne) { EXPECT_EQ(wilson(7, 7).high, 1); }

TEST(Proportion, OfNoTrialsIsUndefined) {
  EXPECT_FALSE(Proportion{}.estimate().defined());
}

struct GarwoodCase {
  std::uint64_t count;
  double low, high;
};

// Tabled limits of a Poisson mean [Garwood36].
TEST(Rate, ExactPoissonIntervalsAsPublished) {
  for (const auto& [count, low, high] :
       {GarwoodCase{0, 0, 3.689}, GarwoodCase{1, 0.0253, 5.572},
        GarwoodCase{5, 1.623, 11.668}, GarwoodCase{10, 4.795, 18.390},
        GarwoodCase{100, 81.36, 121.63}}) {
    const Estimate estimate = garwood(count);
    EXPECT_NEAR(estimate.low, low, count < 100 ? 5e-4 : 5e-3) << count;
    EXPECT_NEAR(estimate.high, high, count < 100 ? 6e-4 : 5e-3) << count;
  }
}

TEST(Rate, IsPerSecondOfExposure) {
  Rate rate;
  rate.add(2, Seconds{100});
  rate.add(3, Seconds{400});
  EXPECT_DOUBLE_EQ(rate.estimate().value, 0.01);
  EXPECT_DOUBLE_EQ(rate.estimate().high, garwood(5).high / 500);
  EXPECT_EQ(rate.estimate().n, 5u);
}

TEST(Rate, WithoutExposureIsUndefined) {
  EXPECT_FALSE(Rate{}.estimate().defined());
}

TEST(ClusteredProportion, OfOneTrialEachIsWilsons) {
  ClusteredProportion clustered;
  for (int i = 0; i < 50; ++i) clustered.add(i < 3 ? 0 : 1, 1);
  const Estimate plain = wilson(47, 50);
  EXPECT_NEAR(clustered.estimate().low, plain.low, 1e-12);
  EXPECT_NEAR(clustered.estimate().high, plain.high, 1e-12);
}

TEST(ClusteredProportion, OfTrialsAllAlikeIsThatOfTheReplications) {
  ClusteredProportion clustered;
  for (int i = 0; i < 50; ++i) clustered.add(i < 20 ? 0 : 30, 30);
  EXPECT_NEAR(clustered.estimate().low, wilson(30, 50).low, 1e-12);
}

TEST(ClusteredProportion, WithoutAFailureKnowsNoMoreThanWithOne) {
  ClusteredProportion none, one;
  for (int i = 0; i < 50; ++i) {
    none.add(30, 30);
    one.add(i == 0 ? 29 : 30, 30);
  }
  EXPECT_NEAR(none.estimate().low, wilson(50, 50).low, 1e-12);
  EXPECT_LT(one.estimate().low, none.estimate().low);
}

}  // namespace
}  // namespace outagesim

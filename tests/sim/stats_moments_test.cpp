#include "sim/stats/moments.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "sim/stats/paired.h"
#include "sim/stats/ratio.h"

namespace outagesim {
namespace {

Mean mean_of(const std::vector<double>& xs) {
  Mean mean;
  for (const double x : xs) mean.add(x);
  return mean;
}

// Extra hours of sleep under two drugs [Student08].
const std::vector<double> kFirstDrug{0.7, -1.6, -0.2, -1.2, -0.1,
                                     3.4, 3.7,  0.8,  0.0,  2.0};
const std::vector<double> kSecondDrug{1.9, 0.8, 1.1, 0.1, -0.1,
                                      4.4, 5.5, 1.6, 4.6, 3.4};

TEST(Mean, OfNothingIsUndefined) {
  const Estimate estimate = Mean{}.estimate();
  EXPECT_FALSE(estimate.defined());
  EXPECT_EQ(estimate.n, 0u);
}

TEST(Mean, OfOneObservationHasNoInterval) {
  const Estimate estimate = mean_of({4}).estimate();
  EXPECT_EQ(estimate.value, 4);
  EXPECT_TRUE(std::isnan(estimate.low) && std::isnan(estimate.high));
}

TEST(Mean, OfEqualObservationsHasAnIntervalOfNoWidth) {
  const Estimate estimate = mean_of({0.1, 0.1, 0.1}).estimate();
  EXPECT_EQ(estimate.low, estimate.value);
  EXPECT_EQ(estimate.high, estimate.value);
}

TEST(Mean, WiderLevelGivesAWiderInterval) {
  const Mean mean = mean_of({1, 2, 3, 4});
  EXPECT_LT(mean.estimate(0.99).low, mean.estimate(0.95).low);
  EXPECT_LT(mean.estimate(0.95).low, mean.estimate(0.5).low);
}

// NIST Statistical Reference Datasets, NumAcc3 and NumAcc4: sd 0.1 exactly.
TEST(Mean, VarianceKeepsItsDigitsUnderALargeOffset) {
  for (const double offset : {1e6, 1e7}) {
    Mean mean;
    mean.add(offset + 0.2);
    for (int i = 0; i < 500; ++i) {
      mean.add(offset + 0.1);
      mean.add(offset + 0.3);
    }
    EXPECT_DOUBLE_EQ(mean.mean(), offset + 0.2);
    EXPECT_NEAR(std::sqrt(mean.variance()), 0.1, 1e-9);
  }
}

TEST(Mean, VarianceIsExactWhereTextbookFormulasFail) {
  EXPECT_EQ(mean_of({1e15 + 1, 1e15 + 2, 1e15 + 3}).variance(), 1);
  EXPECT_NEAR(mean_of({1e-130, 3e-130}).variance(), 2e-260, 1e-275);
}

// Anscombe's first quartet [Anscombe73]: printed moments.
TEST(PairMoments, OfAnscombesQuartet) {
  const std::array<double, 11> x{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
  const std::array<double, 11> y{8.04, 6.95, 7.58,  8.81, 8.33, 9.96,
                                 7.24, 4.26, 10.84, 4.82, 5.68};
  PairMoments moments;
  for (std::size_t i = 0; i < x.size(); ++i) moments.add(x[i], y[i]);
  EXPECT_DOUBLE_EQ(moments.a.variance(), 11);
  EXPECT_NEAR(moments.b.variance(), 4.127269, 5e-7);
  EXPECT_NEAR(moments.covariance(), 5.501, 5e-4);
  EXPECT_NEAR(moments.correlation(), 0.81642, 5e-6);
}

TEST(PairMoments, CorrelationWithAConstantIsUndefined) {
  PairMoments moments;
  moments.add(1, 5);
  moments.add(2, 5);
  EXPECT_EQ(moments.covariance(), 0);
  EXPECT_TRUE(std::isnan(moments.correlation()));
}

// Mean 1.58, interval 0.70 to 2.46: R 4.2, t.test(paired = TRUE) on `sleep`.
TEST(Paired, DifferenceOfStudentsSleepData) {
  Paired paired;
  for (std::size_t i = 0; i < kFirstDrug.size(); ++i) {
    paired.add(kFirstDrug[i], kSecondDrug[i]);
  }
  const Estimate estimate = paired.estimate();
  EXPECT_NEAR(estimate.value, 1.58, 1e-12);
  EXPECT_NEAR(estimate.low, 0.7001142, 1e-7);
  EXPECT_NEAR(estimate.high, 2.4598858, 1e-7);
  EXPECT_NEAR(paired.gain(), (3.200556 + 4.009) / 1.512889, 1e-5);
}

TEST(Paired, ConstantDifferenceIsAnInfiniteGain) {
  Paired paired;
  for (const double x : {1.0, 5.0, 9.0}) paired.add(x, x - 1);
  EXPECT_EQ(paired.gain(), kUnbounded);
  EXPECT_EQ(paired.estimate().high, -1);
}

TEST(Ratio, OverOneIsTheMean) {
  Ratio ratio;
  for (const double x : kSecondDrug) ratio.add(x, 1);
  const Estimate mean = mean_of(kSecondDrug).estimate();
  EXPECT_DOUBLE_EQ(ratio.estimate().value, mean.value);
  EXPECT_DOUBLE_EQ(ratio.estimate().low, mean.low);
  EXPECT_DOUBLE_EQ(ratio.estimate().high, mean.high);
}

TEST(Ratio, WeighsReplicationsByTheirDenominator) {
  Ratio mttr;
  mttr.add(60, 3);  // 20 each
  mttr.add(10, 1);
  mttr.add(0, 0);
  EXPECT_DOUBLE_EQ(mttr.estimate().value, 17.5);
  EXPECT_EQ(mttr.estimate().n, 3u);
}

// By hand: residuals d - 2 n are 0, 2, -2, 0, so the variance is 8 / 3; the
// mean denominator is 2.5 and t of 3 degrees is 3.182446.
TEST(Ratio, IntervalIsTheDeltaMethods) {
  Ratio ratio;
  ratio.add(2, 1);
  ratio.add(6, 2);
  ratio.add(4, 3);
  ratio.add(8, 4);
  const Estimate estimate = ratio.estimate();
  EXPECT_DOUBLE_EQ(estimate.value, 2);
  EXPECT_NEAR(estimate.high - 2, 3.182446 * std::sqrt(8 / 3. / 4) / 2.5, 1e-6);
}

// What they tell is what the mean of the others would.
TEST(Ratio, ReplicationsWithoutADenominatorTellNothing) {
  Ratio ratio;
  for (const double x : kSecondDrug) ratio.add(x, 1);
  for (int i = 0; i < 500; ++i) ratio.add(0, 0);
  const Estimate mean = mean_of(kSecondDrug).estimate();
  EXPECT_DOUBLE_EQ(ratio.estimate().value, mean.value);
  EXPECT_NEAR(ratio.estimate().low, mean.low, 1e-12);
  EXPECT_NEAR(ratio.estimate().high, mean.high, 1e-12);
}

TEST(Ratio, OneDenominatorGivesNoInterval) {
  Ratio ratio;
  ratio.add(20, 1);
  for (int i = 0; i < 500; ++i) ratio.add(0, 0);
  for (const Estimate& e : {ratio.estimate(), ratio.log_estimate()}) {
    EXPECT_EQ(e.value, 20);
    EXPECT_TRUE(std::isnan(e.low));
    EXPECT_TRUE(std::isnan(e.high));
  }
}

TEST(Ratio, WithoutADenominatorIsUndefined) {
  Ratio ratio;
  ratio.add(0, 0);
  EXPECT_FALSE(ratio.estimate().defined());
}

}  // namespace
}  // namespace outagesim

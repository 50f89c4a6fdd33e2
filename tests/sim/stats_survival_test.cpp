#include "sim/stats/survival.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/stats/quantiles.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

// Weeks in remission of 21 leukaemia patients under 6-mercaptopurine
// [Freireich63], of whom 12 were still in remission when last seen.
Survival remission_times() {
  Survival survival;
  for (const double t : {6, 6, 6, 7, 10, 13, 16, 22, 23}) survival.add_event(t);
  for (const double t : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) {
    survival.add_censored(t);
  }
  return survival;
}

// Survival and errors as textbooks print them for this sample; the log-log
// bands recomputed by their formula in Python.
TEST(Survival, CurveOfTheRemissionTimesAsPublished) {
  struct Row {
    double time, survival, error, low, high;
  };
  const std::vector<Row> rows{
      {6, 0.857, 0.0764, 0.620, 0.952},  {7, 0.807, 0.0869, 0.563, 0.923},
      {10, 0.753, 0.0963, 0.503, 0.889}, {13, 0.690, 0.1068, 0.432, 0.849},
      {16, 0.627, 0.1141, 0.368, 0.805}, {22, 0.538, 0.1282, 0.268, 0.747},
      {23, 0.448, 0.1346, 0.188, 0.680}};
  const std::vector<SurvivalStep> curve = remission_times().curve();
  ASSERT_EQ(curve.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(curve[i].time, rows[i].time);
    EXPECT_NEAR(curve[i].survival, rows[i].survival, 6e-4);
    EXPECT_NEAR(curve[i].survival * std::sqrt(curve[i].greenwood),
                rows[i].error, 6e-5);
    EXPECT_NEAR(curve[i].low, rows[i].low, 6e-4);
    EXPECT_NEAR(curve[i].high, rows[i].high, 6e-4);
  }
}

TEST(Survival, MedianRemissionIs23WeeksWithAnOpenInterval) {
  const Estimate median = remission_times().quantile(0.5);
  EXPECT_EQ(median.value, 23);
  EXPECT_EQ(median.low, 13);
  EXPECT_EQ(median.high, kUnbounded);
  EXPECT_EQ(median.n, 21u);
  EXPECT_EQ(median.censored, 12u);
}

TEST(Survival, QuantileTheCurveDoesNotReachIsUndefined) {
  const Estimate p90 = remission_times().quantile(0.9);
  EXPECT_FALSE(p90.defined());
  EXPECT_EQ(p90.high, kUnbounded);
}

// 23.29 with standard error 2.83 in R; the further digits from Python.
TEST(Survival, RestrictedMeanOfTheRemissionTimes) {
  const Estimate mean = remission_times().restricted_mean();
  EXPECT_NEAR(mean.value, 23.287395, 1e-6);
  EXPECT_NEAR((mean.high - mean.value) / normal_critical(0.95), 2.827468, 1e-6);
}

TEST(Survival, RestrictedMeanBeforeTheFirstEventIsTheHorizon) {
  const Estimate mean = remission_times().restricted_mean(5);
  EXPECT_EQ(mean.value, 5);
  EXPECT_EQ(mean.low, 5);
}

TEST(Survival, PlaceOfAnObservationCountsTheTieHalf) {
  const Survival survival = remission_times();
  EXPECT_EQ(survival.probability_below(5).value, 0);
  EXPECT_NEAR(survival.probability_below(6).value, 3 / 21. / 2, 1e-12);
  EXPECT_NEAR(survival.probability_below(6.5).value, 3 / 21., 1e-12);
  EXPECT_NEAR(survival.probability_below(30).value, 1 - 0.4482, 5e-5);
}

TEST(Survival, PlaceBeyondACensoredLongestTimeIsOnlyBounded) {
  const Estimate place = remission_times().probability_below(40);
  EXPECT_FALSE(place.defined());
  EXPECT_NEAR(place.low, 1 - 0.6801, 5e-5);
  EXPECT_EQ(place.high, 1);
}

TEST(Survival, WithoutCensoringIsThePlainSample) {
  Survival survival;
  Quantiles quantiles;
  Mean mean;
  Stream stream{StreamKey{.seed = 6}};
  for (int i = 0; i < 333; ++i) {
    const double time = 3600 * exponential(stream);
    survival.add_event(time);
    quantiles.add(time);
    mean.add(time);
  }
  for (const double p : {0.05, 0.5, 0.9, 0.99}) {
    EXPECT_EQ(survival.quantile(p).value, quantiles.quantile(p).value);
    EXPECT_EQ(survival.quantile(p).low, quantiles.quantile(p).low);
    EXPECT_EQ(survival.quantile(p).high, quantiles.quantile(p).high);
  }
  EXPECT_EQ(survival.restricted_mean().value, mean.mean());
  EXPECT_EQ(survival.probability_below(3000).value,
            quantiles.probability_below(3000).value);
}

// The product-limit arithmetic itself, held against the plain sample by one
// censoring after the last event.
TEST(Survival, ProductLimitAgreesWithRanksBeforeTheFirstCensoring) {
  Survival survival;
  Quantiles quantiles;
  for (int i = 1; i <= 200; ++i) quantiles.add(i);
  for (int i = 1; i < 200; ++i) survival.add_event(i);
  survival.add_censored(200);
  for (int i = 1; i < 100; ++i) {
    EXPECT_EQ(survival.quantile(i / 100.).value,
              quantiles.quantile(i / 100.).value);
  }
}

TEST(Survival, OfCensoredTimesOnlyIsUndefined) {
  Survival survival;
  survival.add_censored(10);
  survival.add_censored(20);
  EXPECT_FALSE(survival.quantile(0.5).defined());
  EXPECT_EQ(survival.quantile(0.5).high, kUnbounded);
  EXPECT_EQ(survival.restricted_mean().value, 20);
  EXPECT_FALSE(Survival{}.restricted_mean().defined());
  EXPECT_FALSE(Survival{}.quantile(0.5).defined());
}

// 0.5^6 < 0.025 <= 0.5^5: six that outlast a time put the median beyond it.
TEST(Survival, WithoutEventsAQuantileLiesBeyondWhatEnoughWereWatchedFor) {
  Survival survival;
  for (int i = 1; i <= 5; ++i) survival.add_censored(10 * i);
  EXPECT_EQ(survival.quantile(0.5).low, -kUnbounded);
  for (int i = 6; i <= 9; ++i) survival.add_censored(10 * i);
  EXPECT_EQ(survival.quantile(0.5).low, 40);
}

TEST(Survival, CurveThatEndsInAnEventComesDownToZero) {
  Survival survival;
  survival.add_censored(1);
  survival.add_event(2);
  EXPECT_EQ(survival.quantile(0.99).value, 2);
  EXPECT_EQ(survival.restricted_mean().value, 2);
  EXPECT_EQ(survival.probability_below(3).value, 1);
}

}  // namespace
}  // namespace outagesim

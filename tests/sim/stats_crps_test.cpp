#include "sim/stats/crps.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <initializer_list>
#include <numbers>

namespace outagesim {
namespace {

Quantiles forecast_of(std::initializer_list<double> xs) {
  Quantiles forecast;
  for (const double x : xs) forecast.add(x);
  return forecast;
}

TEST(Crps, OfASingleNumberIsTheAbsoluteError) {
  EXPECT_EQ(crps(forecast_of({5}), 8), 3);
  EXPECT_EQ(crps(forecast_of({5}), -1), 6);
  EXPECT_EQ(crps(forecast_of({5}), 5), 0);
}

// E|X - y| - E|X - X'| / 2 [Gneiting07, eq. 21], by hand.
TEST(Crps, OfTwoPoints) {
  EXPECT_DOUBLE_EQ(crps(forecast_of({0, 1}), 0), 0.25);
  EXPECT_DOUBLE_EQ(crps(forecast_of({0, 1}), 0.5), 0.25);
  EXPECT_DOUBLE_EQ(crps(forecast_of({0, 1}), 3), 2.5 - 0.25);
  EXPECT_DOUBLE_EQ(crps(forecast_of({-4, 4}), -4), 4 - 2);
}

// The closed form of a normal forecast [Gneiting07, sec. 4.2].
TEST(Crps, OfANormalForecast) {
  const boost::math::normal law(100, 15);
  Quantiles forecast;
  constexpr int kPoints = 20'000;
  for (int i = 0; i < kPoints; ++i)
    forecast.add(quantile(law, (i + 0.5) / kPoints));
  for (const double observed : {60.0, 95.0, 100.0, 140.0}) {
    const double z = (observed - 100) / 15;
    const boost::math::normal standard;
    const double expected =
        15 * (z * (2 * cdf(standard, z) - 1) + 2 * pdf(standard, z) -
              1 / std::sqrt(std::numbers::pi));
    EXPECT_NEAR(crps(forecast, observed), expected, 0.002 * expected);
  }
}

TEST(Crps, OfNothingIsUndefined) {
  EXPECT_TRUE(std::isnan(crps(Quantiles{}, 1)));
  EXPECT_TRUE(std::isnan(crps(Survival{}, 1)));
}

TEST(Crps, OfAnUncensoredSurvivalIsThatOfTheSample) {
  Survival forecast;
  for (const double x : {1.0, 2.0, 7.0}) forecast.add_event(x);
  EXPECT_DOUBLE_EQ(crps(forecast, 4), crps(forecast_of({1, 2, 7}), 4));
  EXPECT_DOUBLE_EQ(crps(forecast, 0.5), crps(forecast_of({1, 2, 7}), 0.5));
  EXPECT_DOUBLE_EQ(crps(forecast, 9), crps(forecast_of({1, 2, 7}), 9));
}

// F is 1/2 from 2 on and nothing is known after 6: 1/4 over four units.
TEST(Crps, OfACensoredForecastStopsAtTheHorizon) {
  Survival forecast;
  forecast.add_event(2);
  forecast.add_censored(6);
  EXPECT_DOUBLE_EQ(crps(forecast, 2), 1);
  EXPECT_DOUBLE_EQ(crps(forecast, 9), 1);
  EXPECT_DOUBLE_EQ(crps(forecast, 2, 4), 0.5);
  EXPECT_DOUBLE_EQ(crps(forecast, 0), 2 + 1);
}

}  // namespace
}  // namespace outagesim

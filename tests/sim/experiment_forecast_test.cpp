#include "sim/experiment/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/normal.h"
#include "models/parts/law.h"
#include "sim/experiment/uniformity.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

constexpr std::int64_t kDay = 86400;
// 1 January 2020.
constexpr std::int64_t kStart = 1577836800;

// Poisson at so many a day, lengths lognormal(1 h, 1).
std::vector<PastLength> poisson_history(double per_day, int days,
                                        std::uint64_t seed) {
  Stream stream{StreamKey{.seed = seed}};
  std::vector<PastLength> past;
  double t = 0;
  while (true) {
    t += exponential(stream) / per_day;
    if (t > days) return past;
    past.push_back({UtcTime{kStart + static_cast<std::int64_t>(t * kDay)},
                    3600 * std::exp(normal(stream))});
  }
}

UtcTime day(std::int64_t number) { return {kStart + number * kDay}; }

ForecastOptions few_draws() {
  ForecastOptions options;
  options.draws = 300;
  return options;
}

TEST(Forecast, FollowsASteadyHistory) {
  const auto past = poisson_history(0.5, 1500, 1);
  const auto forecast = forecast_at(past, day(1400), few_draws());
  ASSERT_TRUE(forecast.has_value());
  EXPECT_NEAR(forecast->count.quantile(0.5).value, 15, 3);
  // The mean length is e^(1/2) h.
  EXPECT_NEAR(forecast->total.quantile(0.5).value / 3600, 15 * 1.65, 8);
  EXPECT_LE(forecast->longest.quantile(0.5).value,
            forecast->total.quantile(0.5).value);
}

TEST(Forecast, KnowsNothingOfWhatCame) {
  auto past = poisson_history(0.5, 1500, 2);
  const auto before = forecast_at(past, day(1000), few_draws());
  std::erase_if(past,
                [](const PastLength& one) { return one.start > day(1000); });
  const auto after = forecast_at(past, day(1000), few_draws());
  EXPECT_EQ(before->count, after->count);
  EXPECT_EQ(before->total, after->total);
}

TEST(Forecast, NeedsAHistory) {
  const auto past = poisson_history(0.5, 200, 3);
  EXPECT_FALSE(forecast_at(past, day(60), few_draws()).has_value());
  EXPECT_FALSE(forecast_at({}, day(60), few_draws()).has_value());
  EXPECT_TRUE(forecast_at(past, day(150), few_draws()).has_value());
}

TEST(Forecast, CountsWhatCame) {
  const std::vector<PastLength> all{
      {day(0), 10}, {day(1), 20}, {day(5), 400}, {day(31), 7}};
  const WhatCame outcome = what_came(all, day(1), Seconds{30.0 * kDay});
  EXPECT_EQ(outcome.count, 2);
  EXPECT_EQ(outcome.total, 420);
  EXPECT_EQ(outcome.longest, 400);
}

// A Poisson history is foretold by its own kind: what comes falls anywhere.
TEST(Forecast, PlacesOfWhatCameAreSpread) {
  const auto past = poisson_history(0.5, 2200, 9);
  std::vector<double> places;
  for (const RolledForecast& one : roll(past, day(0), day(2200), few_draws())) {
    places.push_back(one.total.place);
    EXPECT_GE(one.total.place, 0);
    EXPECT_LE(one.total.place, 1);
  }
  ASSERT_GE(places.size(), kFewestPlaces);
  EXPECT_GT(uniformity_of(places, 1).p_value.value, 0.001);
}

// Half an incident in a window: most windows have none, an atom at 0.
TEST(Forecast, PlacesAreSpreadWhereMostWindowsHaveNoIncident) {
  const auto past = poisson_history(0.5 / 30, 6000, 9);
  std::vector<double> count;
  std::vector<double> total;
  std::vector<double> longest;
  for (const RolledForecast& one : roll(past, day(0), day(6000), few_draws())) {
    count.push_back(one.count.place);
    total.push_back(one.total.place);
    longest.push_back(one.longest.place);
  }
  ASSERT_GE(count.size(), kFewestPlaces);
  EXPECT_GT(uniformity_of(count, 1).p_value.value, 0.001);
  EXPECT_GT(uniformity_of(total, 1).p_value.value, 0.001);
  EXPECT_GT(uniformity_of(longest, 1).p_value.value, 0.001);
}

TEST(Forecast, IsMadeAtTheFirstOfEachMonth) {
  const auto past = poisson_history(0.5, 366, 4);
  const auto rolled = roll(past, day(0), day(366), few_draws());
  ASSERT_FALSE(rolled.empty());
  for (const RolledForecast& one : rolled) {
    EXPECT_EQ(to_text(one.from).substr(7), "-01T00:00:00Z");
  }
  EXPECT_EQ(to_text(rolled.back().from), "2020-12-01T00:00:00Z");
}

// Two years of each of four histories, held from both sides: a count has atoms,
// so that its band holds more than it claims, but its place with ties broken at
// random lies in the middle nine tenths as often as it should.
TEST(ForecastStatistics, BandsHoldWhatTheyClaim) {
  double n = 0;
  double count = 0;
  double total = 0;
  double longest = 0;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const auto past = poisson_history(0.5, 1096, 100 + seed);
    for (const RolledForecast& one :
         roll(past, day(366), day(1096), few_draws())) {
      n += 1;
      count += std::abs(one.count.place - 0.5) <= 0.45 ? 1 : 0;
      EXPECT_TRUE(one.count.inside_90 ||
                  std::abs(one.count.place - 0.5) > 0.44);
      total += one.total.inside_90 ? 1 : 0;
      longest += one.longest.inside_90 ? 1 : 0;
    }
  }
  const double error = std::sqrt(0.9 * 0.1 / n);
  EXPECT_GT(n, 80);
  EXPECT_NEAR(count / n, 0.9, 4 * error);
  EXPECT_NEAR(total / n, 0.9, 4 * error);
  EXPECT_NEAR(longest / n, 0.9, 4 * error);
}

// 3,000 a window: the largest are drawn, the rest of the sum is normal. Its
// mean is n e^(1/2) h, its variance n (e^2 - e) h^2 and that of the fits.
TEST(Forecast, AddsUpManyIncidentsAsIfEachWereDrawn) {
  const auto past = poisson_history(100, 400, 5);
  ForecastOptions options;
  options.draws = 2000;
  const auto many = forecast_at(past, day(390), options);
  ASSERT_TRUE(many.has_value());
  const double mean = 3000 * std::exp(0.5);
  EXPECT_NEAR(many->total.quantile(0.5).value / 3600, mean, 0.05 * mean);
  EXPECT_GT(many->total.quantile(0.95).value / 3600,
            mean + std::sqrt(3000 * (std::exp(2) - std::exp(1))));
  // The largest of n has the median exp(z) h with Φ(z) = 0.5^(1/n).
  const double z = normal_quantile({std::pow(0.5, 1 / 3000.0)});
  EXPECT_NEAR(std::log(many->longest.quantile(0.5).value / 3600), z, 0.1);
}

TEST(Forecast, OutlivesThousandsOfWindowsWithoutAnIncident) {
  const auto past = poisson_history(0.5, 100, 6);
  const auto forecast = forecast_at(past, day(300'000), few_draws());
  ASSERT_TRUE(forecast.has_value());
  EXPECT_EQ(forecast->count.quantile(0.95).value, 0);
}

TEST(Uniformity, AcceptsPlacesThatAreSpreadAndRefusesPlacesThatAreNot) {
  std::vector<double> spread;
  std::vector<double> high;
  for (int i = 0; i < 25; ++i) {
    spread.push_back((i + 0.5) / 25);
    high.push_back(0.5 + i / 50.0);
  }
  const Uniformity fine = uniformity_of(spread, 1);
  EXPECT_THAT(fine.histogram,
              ::testing::ElementsAre(2, 3, 2, 3, 2, 3, 2, 3, 2, 3));
  EXPECT_GT(fine.p_value.value, 0.9);
  EXPECT_LT(uniformity_of(high, 1).p_value.value, 0.001);
}

}  // namespace
}  // namespace outagesim

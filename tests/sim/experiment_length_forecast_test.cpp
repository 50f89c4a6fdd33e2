// The law of the next lengths, on histories whose law is known.
#include "sim/experiment/length_forecast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

constexpr Seconds kMonth{30 * 86400.0};
constexpr std::int64_t kStart = 1577836800;  // 1 January 2020

UtcTime month(int number) {
  return {kStart + number * static_cast<std::int64_t>(kMonth.value)};
}

// Ten a month, lognormal(1 h, 1), whose level wanders by such a normal step in
// each month.
std::vector<PastLength> history(int months, double step, Stream& stream) {
  std::vector<PastLength> past;
  double level = std::log(3600);
  for (int i = 0; i < months; ++i, level += step * normal(stream)) {
    for (int j = 0; j < 10; ++j) {
      past.push_back({UtcTime{month(i).seconds + j * 86400},
                      std::exp(level + normal(stream))});
    }
  }
  return past;
}

// Without forgetting it is the posterior of one normal sample.
TEST(LengthForecast, KnowsASteadyLevelAsOneSampleDoes) {
  Stream stream{StreamKey{.seed = 3}};
  const auto past = history(5, 0, stream);
  double mean = 0, squares = 0;
  for (const PastLength& one : past) mean += std::log(one.length) / 50;
  for (const PastLength& one : past) {
    squares += std::pow(std::log(one.length) - mean, 2);
  }
  const LengthModel all = length_models(past, month(5), kMonth).front();
  EXPECT_NEAR(all.mean, mean, 1e-12);
  EXPECT_NEAR(all.known, 50, 1e-12);
  EXPECT_NEAR(all.shape, 49 / 2.0, 1e-12);
  EXPECT_NEAR(all.rate, squares / 2, 1e-9);
}

TEST(LengthForecast, NeedsTwoDifferentLengths) {
  const std::vector<PastLength> one{{month(0), 60}, {month(1), 60}};
  EXPECT_TRUE(length_models(one, month(3), kMonth).empty());
  EXPECT_TRUE(length_models({}, month(3), kMonth).empty());
  // What is not over yet is not known.
  const std::vector<PastLength> late{{month(0), 60}, {month(2), 1e9}};
  EXPECT_TRUE(length_models(late, month(3), kMonth).empty());
}

// The middle of the ten lengths to come, in the forecast: nine tenths lie in
// the 90 % band, whether the level stands or wanders.
TEST(LengthForecastStatistics, BandsHoldNineTenthsHoweverItWanders) {
  for (const double step : {0.0, 0.3}) {
    constexpr int kTimes = 500;
    int held = 0;
    for (std::uint64_t i = 0; i < kTimes; ++i) {
      Stream stream{StreamKey{.seed = 17, .replication = i}};
      auto past = history(19, step, stream);
      double came = 0;
      for (int j = 0; j < 10; ++j, past.pop_back()) {
        came += std::log(past.back().length) / 10;
      }
      const auto models = length_models(past, month(18), kMonth);
      int below = 0;
      constexpr int kDraws = 199;
      for (int draw = 0; draw < kDraws; ++draw) {
        const Lognormal law = believable_law(models, stream);
        below += std::log(law.median) +
                             law.sigma * normal(stream) / std::sqrt(10.0) <
                         came
                     ? 1
                     : 0;
      }
      held += below >= 10 && below <= 189 ? 1 : 0;
    }
    EXPECT_NEAR(held / double{kTimes}, 0.9, 4 * std::sqrt(0.9 * 0.1 / kTimes))
        << "step " << step;
  }
}

}  // namespace
}  // namespace outagesim

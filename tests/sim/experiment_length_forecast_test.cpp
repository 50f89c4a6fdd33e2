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
  const LengthModel all =
      length_forecast(past, month(5), kMonth, {}).models.front();
  EXPECT_NEAR(all.mean, mean, 1e-12);
  EXPECT_NEAR(all.known, 50, 1e-12);
  EXPECT_NEAR(all.shape, 49 / 2.0, 1e-12);
  EXPECT_NEAR(all.rate, squares / 2, 1e-9);
}

TEST(LengthForecast, NeedsTwoDifferentLengths) {
  const std::vector<PastLength> one{{month(0), 60}, {month(1), 60}};
  EXPECT_FALSE(length_forecast(one, month(3), kMonth, {}).known());
  EXPECT_FALSE(length_forecast({}, month(3), kMonth, {}).known());
  // What is not over yet is not known.
  const std::vector<PastLength> late{{month(0), 60}, {month(2), 1e9}};
  EXPECT_FALSE(length_forecast(late, month(3), kMonth, {}).known());
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
      const auto models = length_forecast(past, month(18), kMonth, {});
      int below = 0;
      constexpr int kDraws = 199;
      for (int draw = 0; draw < kDraws; ++draw) {
        const Lognormal law = believable_law(models, stream).body;
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

// As above, but of the longest three in ten a Pareto tail of index 1 tells how
// long they are; and with a step that each month's lengths share.
std::vector<PastLength> tailed_history(int months, Stream& stream) {
  const double z70 = 0.524400512708041;
  std::vector<PastLength> past = history(months, 0, stream);
  double shared = 0;
  for (std::size_t i = 0; i < past.size(); ++i) {
    if (i % 10 == 0) shared = 0.3 * normal(stream);
    double& length = past[i].length;
    if (std::log(length / 3600) > z70) {
      length = 3600 * std::exp(z70) / stream.next();
    }
    length *= std::exp(shared);
  }
  return past;
}

double weight_of_tail(const LengthForecast& forecast) {
  double weight = 0;
  for (const LengthModel& model : forecast.models) {
    weight += model.tailed ? model.weight : 0;
  }
  return weight;
}

TEST(LengthForecast, BelievesATailWhereThePastHasOne) {
  Stream stream{StreamKey{.seed = 5}};
  const auto with = tailed_history(40, stream);
  const auto without = history(40, 0, stream);
  EXPECT_GT(weight_of_tail(length_forecast(with, month(40), kMonth, {})), 0.9);
  EXPECT_LT(weight_of_tail(length_forecast(without, month(40), kMonth, {})),
            0.5);
}

// The longest and the sum of the ten lengths to come.
TEST(LengthForecastStatistics, BandsHoldNineTenthsOfHeavyTails) {
  constexpr int kTimes = 400;
  int held_sum = 0;
  int held_longest = 0;
  for (std::uint64_t i = 0; i < kTimes; ++i) {
    Stream stream{StreamKey{.seed = 23, .replication = i}};
    auto past = tailed_history(19, stream);
    LengthsDrawn came;
    for (int j = 0; j < 10; ++j, past.pop_back()) {
      came.sum += past.back().length;
      came.longest = std::max(came.longest, past.back().length);
    }
    const auto forecast = length_forecast(past, month(18), kMonth, {});
    int below_sum = 0;
    int below_longest = 0;
    for (int draw = 0; draw < 199; ++draw) {
      const LengthsDrawn drawn =
          drawn_lengths(believable_law(forecast, stream), 10, stream);
      below_sum += drawn.sum < came.sum ? 1 : 0;
      below_longest += drawn.longest < came.longest ? 1 : 0;
    }
    held_sum += below_sum >= 10 && below_sum <= 189 ? 1 : 0;
    held_longest += below_longest >= 10 && below_longest <= 189 ? 1 : 0;
  }
  const double error = 4 * std::sqrt(0.9 * 0.1 / kTimes);
  EXPECT_NEAR(held_sum / double{kTimes}, 0.9, error);
  EXPECT_NEAR(held_longest / double{kTimes}, 0.9, error);
}

// Known by hand: of a lognormal law (1 h, 1) three in ten are above the
// threshold, of which 4^-2 above four times that.
TEST(LengthsDrawn, FollowTheTailAboveItsThreshold) {
  const double threshold = 3600 * std::exp(0.524400512708041);
  const LengthLaw law{{3600, 1}, ParetoTail{threshold, 2}};
  constexpr int kDraws = 100'000;
  int above = 0;
  int far = 0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream{StreamKey{.seed = 29, .replication = i}};
    const double length = drawn_lengths(law, 1, stream).sum;
    above += length > threshold ? 1 : 0;
    far += length > 4 * threshold ? 1 : 0;
  }
  EXPECT_NEAR(above / double{kDraws}, 0.3, 4 * std::sqrt(0.21 / kDraws));
  EXPECT_NEAR(far / double{kDraws}, 0.3 / 16, 4 * std::sqrt(0.3 / 16 / kDraws));
}

// Of 5,000 the largest 64 are drawn and the rest is normal: the mean is that of
// the law, whether it goes on for ever or is cut.
TEST(LengthsDrawn, AddUpManyWithATailAsIfEachWereDrawn) {
  const double threshold = 3600 * std::exp(0.524400512708041);
  for (const bool cut : {false, true}) {
    LengthLaw law{{3600, 1}, ParetoTail{threshold, 3}};
    if (cut) law.at_most = Seconds{10 * threshold};
    double alone = 0, alone_squares = 0, many = 0;
    constexpr int kAlone = 200'000, kMany = 200;
    for (std::uint64_t i = 0; i < kAlone; ++i) {
      Stream stream{StreamKey{.seed = 31, .replication = i}};
      const double length = drawn_lengths(law, 1, stream).sum;
      EXPECT_LE(length, cut ? 10 * threshold * (1 + 1e-9) : 1e15);
      alone += length / kAlone;
      alone_squares += length * length / kAlone;
    }
    for (std::uint64_t i = 0; i < kMany; ++i) {
      Stream stream{StreamKey{.seed = 37, .replication = i}};
      many += drawn_lengths(law, 5000, stream).sum / 5000 / kMany;
    }
    const double variance = alone_squares - alone * alone;
    EXPECT_NEAR(many, alone,
                4 * std::sqrt(variance / kAlone + variance / 5000 / kMany));
  }
}

}  // namespace
}  // namespace outagesim

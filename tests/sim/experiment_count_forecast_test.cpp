// The law of the next count, on histories whose law is known.
#include "sim/experiment/count_forecast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/negative_binomial.hpp>
#include <cmath>

#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

constexpr Seconds kMonth{30 * 86400.0};

// The share of the foretold law below `count`, and a random part of what is
// equal to it: uniform if the law is right [Czado09].
double place_of(double count, const std::vector<CountModel>& models, double u) {
  using boost::math::policies::promote_double;
  using Law = boost::math::negative_binomial_distribution<
      double, boost::math::policies::policy<promote_double<false>>>;
  double place = 0;
  for (const CountModel& model : models) {
    if (model.weight < 1e-6) continue;
    const Law law(model.mean / (model.dispersion - 1), 1 / model.dispersion);
    const double below = count > 0 ? cdf(law, count - 1) : 0;
    place += model.weight * (below + u * pdf(law, count));
  }
  return place;
}

// Incidents come in bursts of one or more, geometric: the variance of a count
// is `clustering` times its mean.
double bursts(double mean, double clustering, Stream& stream) {
  const double alone = 2 / (clustering + 1);
  double count = 0;
  for (int i = poisson(mean * alone, stream); i > 0; --i) {
    count += 1;
    while (stream.next() > alone) count += 1;
  }
  return count;
}

// 12 to 36 months whose level grows by so many doublings a year, wanders by a
// twentieth a month, and comes to 3 to 20; then one more.
std::vector<double> history(double doublings, double clustering,
                            Stream& stream) {
  const int months = 12 + static_cast<int>(24 * stream.next());
  double level = 3 * std::pow(20.0 / 3, stream.next()) *
                 std::exp2(-doublings * months * kMonth.value / 365 / 86400);
  std::vector<double> counts;
  for (int i = 0; i <= months; ++i) {
    counts.push_back(bursts(level, clustering, stream));
    level *= std::exp2(doublings * kMonth.value / 365 / 86400) *
             std::exp(0.05 * normal(stream));
  }
  return counts;
}

// Where what came fell in the forecasts of so many histories.
std::vector<double> places(double doublings, int times) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) {
    Stream stream{
        StreamKey{.seed = 41,
                  .replication = static_cast<std::uint64_t>(i),
                  .entity = static_cast<std::uint64_t>(8 + doublings)}};
    const double clustering = 1 + stream.next();
    std::vector<double> counts = history(doublings, clustering, stream);
    const double came = counts.back();
    counts.pop_back();
    all.push_back(place_of(came, count_models(counts, kMonth), stream.next()));
  }
  return all;
}

double share_between(const std::vector<double>& places, double low,
                     double high) {
  const auto within = std::ranges::count_if(
      places, [&](double p) { return low <= p && p <= high; });
  return static_cast<double>(within) / static_cast<double>(places.size());
}

// Four errors of a share in so many independent histories.
double four_errors(double share, std::size_t n) {
  return 4 * std::sqrt(share * (1 - share) / static_cast<double>(n));
}

// The drift of each history is known to the test and not to the forecast.
TEST(CountForecastStatistics, BandsHoldNineTenthsWhateverTheDrift) {
  std::vector<double> together;
  for (const double doublings : {-1.0, 0.0, 1.0, 2.0}) {
    const std::vector<double> all = places(doublings, 250);
    EXPECT_NEAR(share_between(all, 0.05, 0.95), 0.9,
                four_errors(0.9, all.size()))
        << doublings << " doublings a year";
    together.insert(together.end(), all.begin(), all.end());
  }
  EXPECT_NEAR(share_between(together, 0.05, 0.95), 0.9,
              four_errors(0.9, together.size()));
  EXPECT_NEAR(share_between(together, 0.25, 0.75), 0.5,
              four_errors(0.5, together.size()));
}

// Three years that doubled each year, without chance: the next month is
// foretold, and not the mean of the past.
TEST(CountForecast, LearnsADriftFromTheHistoryAlone) {
  const double a_month = std::exp2(kMonth / Seconds{365 * 86400});
  std::vector<double> counts;
  double level = 4;
  for (int i = 0; i < 36; ++i, level *= a_month) {
    counts.push_back(std::round(level));
  }
  double mean = 0;
  for (const CountModel& model : count_models(counts, kMonth)) {
    mean += model.weight * model.mean;
  }
  EXPECT_NEAR(mean / level, 1, 0.1);
}

// Known by hand: one count of 3 is a gamma law of shape 3.5 and rate 1, and so
// the next without clustering, drift or forgetting has mean 3.5, dispersion 2.
TEST(CountForecast, KnowsTheLevelNoBetterThanTheCountsDo) {
  const std::vector<double> counts{3};
  const auto models = count_models(counts, kMonth);
  const auto plain = std::ranges::find_if(models, [](const CountModel& model) {
    return std::abs(model.mean - 3.5) < 1e-12 &&
           std::abs(model.dispersion - 2) < 1e-12;
  });
  EXPECT_NE(plain, models.end());
  double total = 0;
  for (const CountModel& model : models) {
    total += model.weight;
    EXPECT_GE(model.dispersion, 1.8);
  }
  EXPECT_NEAR(total, 1, 1e-12);
}

}  // namespace
}  // namespace outagesim

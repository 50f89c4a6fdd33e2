#include "sim/stats/quantiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/stats/ranks.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

Quantiles quantiles_of(const std::vector<double>& xs) {
  Quantiles quantiles;
  for (const double x : xs) quantiles.add(x);
  return quantiles;
}

Quantiles integers(int from, int to) {
  Quantiles quantiles;
  for (int i = from; i <= to; ++i) quantiles.add(i);
  return quantiles;
}

// 95 % intervals of a median by order statistics: the sign test's table
// [David03, sec. 7.1].
TEST(QuantileRanks, OfTheMedianAsTabled) {
  const auto ends = [](std::uint64_t n) {
    const QuantileRanks ranks = quantile_ranks(n, 0.5, 0.95);
    return std::pair(ranks.low, ranks.high);
  };
  using Ends = std::pair<std::uint64_t, std::uint64_t>;
  EXPECT_EQ(ends(5), Ends(0, 6));
  EXPECT_EQ(ends(6), Ends(1, 6));
  EXPECT_EQ(ends(10), Ends(2, 9));
  EXPECT_EQ(ends(20), Ends(6, 15));
  EXPECT_EQ(ends(100), Ends(40, 61));
}

// Tails of the binomial law, term by term.
double at_most(std::uint64_t n, double p, std::uint64_t k) {
  double term = std::pow(1 - p, static_cast<double>(n));
  double sum = term;
  for (std::uint64_t i = 1; i <= k; ++i) {
    term *=
        static_cast<double>(n - i + 1) / static_cast<double>(i) * p / (1 - p);
    sum += term;
  }
  return sum;
}

TEST(QuantileRanks, AreTheTightestWhoseTailsAreSmallEnough) {
  for (std::uint64_t n = 10; n < 200; n += 7) {
    for (const double p : {0.03, 0.2, 0.5, 0.9, 0.97}) {
      const auto [low, value, high] = quantile_ranks(n, p, 0.9);
      EXPECT_TRUE(low == 0 || at_most(n, p, low - 1) <= 0.05);
      EXPECT_GT(at_most(n, p, low), 0.05);
      EXPECT_TRUE(high > n || at_most(n, p, high - 1) >= 0.95);
      EXPECT_TRUE(high == 1 || at_most(n, p, high - 2) < 0.95);
    }
  }
}

TEST(QuantileRanks, RoundingDoesNotMoveTheRank) {
  for (std::uint64_t i = 1; i < 100; ++i) {
    const double p = static_cast<double>(i) / 100;
    EXPECT_EQ(quantile_ranks(100, p, 0.95).value, i);
    EXPECT_EQ(quantile_ranks(10'000, p, 0.95).value, 100 * i);
  }
}

TEST(Quantiles, OfNothingAreUndefined) {
  EXPECT_FALSE(Quantiles{}.quantile(0.5).defined());
  EXPECT_FALSE(Quantiles{}.probability_below(1).defined());
}

TEST(Quantiles, SmallIntegersAreExact) {
  const Quantiles quantiles = integers(-100, 400);
  EXPECT_EQ(quantiles.quantile(0.5).value, 150);
  EXPECT_EQ(quantiles.quantile(0.1).value, -50);
  EXPECT_EQ(quantiles.quantile(101 / 501.).value, 0);
  EXPECT_EQ(integers(1, 100).quantile(0.5).low, 40);
  EXPECT_EQ(integers(1, 100).quantile(0.5).high, 61);
}

TEST(Quantiles, AConstantIsTheConstant) {
  const Quantiles quantiles = quantiles_of(std::vector(200, 1234.5678));
  EXPECT_EQ(quantiles.quantile(0.05).value, 1234.5678);
  EXPECT_EQ(quantiles.quantile(0.95).high, 1234.5678);
}

TEST(Quantiles, TooFewObservationsLeaveTheIntervalOpen) {
  const Estimate p99 = integers(1, 50).quantile(0.99);
  EXPECT_EQ(p99.value, 50);
  EXPECT_EQ(p99.high, kUnbounded);
  EXPECT_EQ(integers(1, 50).quantile(0.01).low, -kUnbounded);
}

TEST(Quantiles, AreWithinTheStatedErrorOfTheSortedSample) {
  Stream stream{StreamKey{.seed = 3}};
  std::vector<double> xs;
  for (int i = 0; i < 5000; ++i) {
    const double sign = stream.next() < 0.3 ? -1 : 1;
    xs.push_back(sign * std::exp(50 * stream.next() - 18));
  }
  const Quantiles quantiles = quantiles_of(xs);
  std::ranges::sort(xs);
  for (int i = 1; i < 1000; ++i) {
    const double exact = xs[static_cast<std::size_t>(5 * i - 1)];
    ASSERT_NEAR(quantiles.quantile(i / 1000.).value, exact,
                0.002 * std::abs(exact));
  }
}

TEST(Quantiles, EndsAreExactAlsoOutsideTheRange) {
  const Quantiles quantiles = quantiles_of({1e-30, 1, 1e30});
  EXPECT_EQ(quantiles.counts.min, 1e-30);
  EXPECT_EQ(quantiles.counts.max, 1e30);
  EXPECT_EQ(quantiles.quantile(0.5).value, 1);
  EXPECT_EQ(quantiles.probability_below(1e30).value, 2.5 / 3);
}

TEST(Quantiles, MemoryIsBoundedByTheRange) {
  Quantiles quantiles;
  Stream stream{StreamKey{.seed = 4}};
  for (int i = 0; i < 20'000; ++i) {
    quantiles.add(std::exp(1000 * (stream.next() - 0.5)));
  }
  EXPECT_LE(quantiles.counts.positive.counts.size(), 81u * 256);
  const Quantiles hours = quantiles_of({3600, 7100, 3700});
  EXPECT_LE(hours.counts.positive.counts.size(), 512u);
}

TEST(Quantiles, TiesCountHalfInThePlaceOfAnObservation) {
  const Quantiles quantiles = quantiles_of({1, 2, 2, 3});
  EXPECT_EQ(quantiles.probability_below(2).value, 0.5);
  EXPECT_EQ(quantiles.probability_below(3).value, 3.5 / 4);
  EXPECT_EQ(quantiles.probability_below(0.5).value, 0);
  EXPECT_EQ(quantiles.probability_below(2.5).value, 0.75);
  EXPECT_EQ(quantiles.probability_below(99).value, 1);
  EXPECT_LT(quantiles.probability_below(99).low, 1);
}

TEST(UnitQuantiles, ZeroAndOneAreApartFromTheirNeighbours) {
  UnitQuantiles shares;
  for (const double x : {0.0, 1e-9, 1 - 1e-9, 1.0}) shares.add(x);
  EXPECT_EQ(shares.quantile(0.25).value, 0);
  EXPECT_EQ(shares.quantile(0.5).value, 0.005);
  EXPECT_EQ(shares.quantile(0.75).value, 0.995);
  EXPECT_EQ(shares.quantile(0.99).value, 1);
  EXPECT_EQ(shares.probability_below(1).value, 3.5 / 4);
  EXPECT_EQ(shares.n(), 4u);
}

TEST(UnitQuantiles, RoundSharesAreExact) {
  for (const double share : {0.25, 0.5, 0.9}) {
    UnitQuantiles shares;
    shares.add(share);
    EXPECT_EQ(shares.quantile(0.5).value, share);
  }
}

TEST(UnitQuantiles, MeanIsGoodToTenDigits) {
  UnitQuantiles shares;
  double sum = 0;
  Stream stream{StreamKey{.seed = 5}};
  for (int i = 0; i < 1000; ++i) {
    const double share = stream.next();
    shares.add(share);
    sum += share;
  }
  EXPECT_NEAR(shares.mean(), sum / 1000, 1e-10);
  EXPECT_TRUE(std::isnan(UnitQuantiles{}.mean()));
}

}  // namespace
}  // namespace outagesim

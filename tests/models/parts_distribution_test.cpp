#include "models/parts/distribution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "models/parts/distribution_text.h"

namespace outagesim {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Laws without atoms, cut and uncut.
std::vector<Distribution> continuous() {
  return {Distribution(Exponential{3}),
          Distribution(Weibull{0.663, 94.2}),
          Distribution(Weibull{2.5, 4}),
          Distribution(Lognormal{206, 1.718}),
          Distribution(Gamma{0.4, 2}),
          Distribution(Gamma{2.5, 3}),
          Distribution(LogLogistic{3, 0.8}),
          Distribution(LogLogistic{3, 4}),
          Distribution(Uniform{2, 7}),
          Distribution(Exponential{3}, 2),
          Distribution(Weibull{0.663, 94.2}, 24),
          Distribution(Lognormal{206, 1.718}, 1440),
          Distribution(Gamma{2.5, 3}, 5),
          Distribution(LogLogistic{3, 0.8}, 10),
          Distribution(Uniform{2, 7}, 5)};
}

std::string name_of(const Distribution& d) {
  return to_text(d, Dimension::kPlain);
}

// The mean over u in (0, 1), by the midpoint rule on a grid that is finer
// towards both ends (u = s³ (10 − 15 s + 6 s²)).
template <class Function>
double midpoint_mean(Function f) {
  constexpr int kSteps = 50'000;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double s = (i + 0.5) / kSteps;
    const double u = s * s * s * (10 - 15 * s + 6 * s * s);
    const double slope = 30 * s * s * (1 - s) * (1 - s);
    sum += f(u) * slope;
  }
  return sum / kSteps;
}

TEST(Distribution, CdfUndoesTheQuantile) {
  for (const Distribution& d : continuous()) {
    for (double u = 1e-9; u < 1; u += 0.0099) {
      EXPECT_NEAR(cdf(d, quantile(d, {u})), u, 1e-11 * u + 1e-15) << name_of(d);
    }
  }
}

TEST(Distribution, HazardInverseUndoesTheHazard) {
  for (const Distribution& d : continuous()) {
    for (double h = 1e-3; h < 15; h *= 1.3) {
      const double x = inverse_cumulative_hazard(d, h);
      EXPECT_NEAR(cumulative_hazard(d, x) / h, 1, 1e-8) << name_of(d) << h;
    }
  }
}

TEST(Distribution, HazardAgreesWithTheQuantile) {
  for (const Distribution& d : continuous()) {
    for (double u = 0.005; u < 1; u += 0.01) {
      EXPECT_NEAR(
          inverse_cumulative_hazard(d, -std::log1p(-u)) / quantile(d, {u}), 1,
          1e-11)
          << name_of(d);
    }
  }
}

TEST(Distribution, HazardIsTheSlopeOfItsIntegral) {
  for (const Distribution& d : continuous()) {
    for (double u = 0.05; u < 0.96; u += 0.1) {
      const double x = quantile(d, {u});
      const double dx = 1e-5 * x;
      const double slope =
          (cumulative_hazard(d, x + dx) - cumulative_hazard(d, x - dx)) /
          (2 * dx);
      EXPECT_NEAR(hazard(d, x) / slope, 1, 1e-6) << name_of(d) << u;
    }
  }
}

TEST(Distribution, QuantileNeverFalls) {
  for (const Distribution& d : continuous()) {
    double last = 0;
    for (double u = 0x1p-64; u < 1; u = u * 1.01 + 1e-6) {
      EXPECT_GE(quantile(d, {u}), last);
      last = quantile(d, {u});
    }
    EXPECT_LT(quantile(d, {1 - 0x1p-53}), kInfinity) << name_of(d);
  }
}

TEST(Distribution, MeanIsTheAverageQuantile) {
  for (const Distribution& d : continuous()) {
    if (mean(d) == kInfinity) continue;
    const double average =
        midpoint_mean([&](double u) { return quantile(d, {u}); });
    EXPECT_NEAR(average / mean(d), 1, 1e-4) << name_of(d);
  }
}

TEST(Distribution, VarianceIsTheAverageSquaredDeviation) {
  for (const Distribution& d : continuous()) {
    if (variance(d) == kInfinity) continue;
    const double center = mean(d);
    const double average = midpoint_mean(
        [&](double u) { return std::pow(quantile(d, {u}) - center, 2); });
    EXPECT_NEAR(average / variance(d), 1, 1e-3) << name_of(d);
  }
}

TEST(Distribution, HasTheMomentsOfTheTextbook) {
  EXPECT_DOUBLE_EQ(mean(Distribution(Exponential{3})), 3);
  EXPECT_DOUBLE_EQ(variance(Distribution(Exponential{3})), 9);
  EXPECT_DOUBLE_EQ(mean(Distribution(Weibull{1, 3})), 3);
  EXPECT_NEAR(variance(Distribution(Weibull{2, 1})), 1 - M_PI / 4, 1e-15);
  EXPECT_DOUBLE_EQ(mean(Distribution(Lognormal{2, 1})), 2 * std::exp(0.5));
  EXPECT_DOUBLE_EQ(mean(Distribution(Gamma{2.5, 3})), 7.5);
  EXPECT_DOUBLE_EQ(variance(Distribution(Gamma{2.5, 3})), 22.5);
  EXPECT_DOUBLE_EQ(mean(Distribution(LogLogistic{3, 2})), 1.5 * M_PI);
  EXPECT_EQ(variance(Distribution(LogLogistic{3, 2})), kInfinity);
  EXPECT_EQ(mean(Distribution(LogLogistic{3, 1})), kInfinity);
  EXPECT_DOUBLE_EQ(mean(Distribution(Uniform{2, 7})), 4.5);
  EXPECT_DOUBLE_EQ(variance(Distribution(Uniform{2, 7})), 25.0 / 12);
}

TEST(Distribution, MatchesFortyDigitArithmetic) {
  // Computed with mpmath 1.2.1 at 40 digits.
  EXPECT_NEAR(mean(Distribution(Weibull{0.663, 94.2})), 125.95856789805567,
              1e-11);
  EXPECT_NEAR(quantile(Distribution(Weibull{0.663, 94.2}), {0.9}),
              331.42040348502011, 1e-10);
  EXPECT_NEAR(quantile(Distribution(Lognormal{206, 1.718}), {0.9}),
              1862.3264382509219, 1e-9);
  EXPECT_NEAR(cdf(Distribution(Gamma{2.5, 3}), 4), 0.24878828963387864, 1e-15);
  EXPECT_NEAR(quantile(Distribution(Gamma{2.5, 3}), {0.9}), 13.854535349671678,
              1e-12);
  EXPECT_NEAR(cumulative_hazard(Distribution(Gamma{2.5, 3}), 100),
              28.31352602462754, 1e-11);
  EXPECT_NEAR(variance(Distribution(LogLogistic{3, 4})), 3.0338619899285411,
              1e-12);
}

TEST(Distribution, CutMatchesFortyDigitArithmetic) {
  // Partial moments computed with mpmath 1.2.1 at 40 digits.
  const Distribution outage(Lognormal{206, 1.718}, 1440);
  EXPECT_NEAR(outage.mass(), 0.87115172887052306, 1e-14);
  EXPECT_NEAR(mean(outage), 288.48201023115479, 1e-8);
  EXPECT_NEAR(variance(outage), 105969.62337984858, 1e-5);
  const Distribution early(Weibull{0.663, 94.2}, 24);
  EXPECT_NEAR(mean(early), 8.7460411606393429, 1e-9);
  EXPECT_NEAR(variance(early), 49.933110087895285, 1e-8);
  EXPECT_NEAR(mean(Distribution(Exponential{3}, 2)), 0.8897033203805563, 1e-11);
  EXPECT_NEAR(mean(Distribution(LogLogistic{3, 0.8}, 10)), 2.441605618861202,
              1e-9);
}

TEST(Distribution, CutNeverPassesItsBound) {
  for (const Distribution& d : continuous()) {
    if (!d.is_cut()) continue;
    EXPECT_LE(quantile(d, {1 - 0x1p-53}), d.at_most());
    EXPECT_LE(inverse_cumulative_hazard(d, 50), d.at_most());
    EXPECT_EQ(cdf(d, d.at_most()), 1);
  }
}

TEST(Distribution, CutIsTheLawBelowTheBound) {
  const Distribution whole(Gamma{2.5, 3});
  const Distribution cut(Gamma{2.5, 3}, 5);
  for (double x = 0.5; x < 5; x += 0.5) {
    EXPECT_NEAR(cdf(cut, x), cdf(whole, x) / cdf(whole, 5), 1e-15);
  }
}

TEST(Distribution, AbsorbsABoundWhereItCan) {
  EXPECT_EQ(Distribution(Uniform{2, 7}, 5), Distribution(Uniform{2, 5}));
  EXPECT_EQ(Distribution(Empirical{{1, 2, 9}}, 5),
            Distribution(Empirical{{1, 2}}));
  EXPECT_EQ(Distribution(Fixed{3}, 5), Distribution(Fixed{3}));
  EXPECT_EQ(Distribution(Lognormal{3, 0}), Distribution(Fixed{3}));
  EXPECT_FALSE(Distribution(Uniform{2, 7}, 5).is_cut());
}

TEST(Distribution, OfAtomsIsAStaircase) {
  const Distribution d(Empirical{{1, 2, 9}});
  EXPECT_EQ(mean(d), 4);
  EXPECT_NEAR(variance(d), 38.0 / 3, 1e-14);
  EXPECT_EQ(quantile(d, {1e-9}), 1);
  EXPECT_EQ(quantile(d, {0.34}), 2);
  EXPECT_EQ(quantile(d, {0.999}), 9);
  EXPECT_EQ(quantile(d, {cdf(d, 1)}), 1);
  EXPECT_EQ(quantile(d, {cdf(d, 2)}), 2);
  EXPECT_EQ(cdf(d, 0.9), 0);
  EXPECT_EQ(cdf(d, 9), 1);
  EXPECT_EQ(quantile(Distribution(Fixed{5}), {0.3}), 5);
  EXPECT_EQ(cdf(Distribution(Fixed{5}), 4.9), 0);
  EXPECT_EQ(cumulative_hazard(Distribution(Fixed{5}), 5), kInfinity);
}

TEST(Distribution, KeepsItsHazardInTheFarTail) {
  // Mills' ratio: the hazard of a normal tends to z. [Abramowitz64, 26.2.12]
  const Distribution d(Lognormal{1, 0.1});
  const double z = 50;
  const double x = std::exp(0.1 * z);
  EXPECT_NEAR(hazard(d, x) * 0.1 * x / (z + 1 / z), 1, 1e-4);
  EXPECT_DOUBLE_EQ(hazard(Distribution(Weibull{2, 1}), 100), 200);
}

}  // namespace
}  // namespace outagesim

// Times added, raced and correlated without chance, against closed forms.
#include "models/analysis/time_quadrature.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outagesim {
namespace {

TEST(TimeQuadrature, WeighsALawAsItsMomentsSay) {
  const WeighedTimes times = weighed_least({Law{Lognormal{60, 1.4}}}, 96);
  EXPECT_NEAR(weighed_mean(times, [](double) { return 1; }), 1, 1e-12);
  EXPECT_NEAR(weighed_mean(times, [](double t) { return t; }),
              60 * std::exp(1.4 * 1.4 / 2), 1e-6);
}

// The least of exponentials is one of the sum of their rates.
TEST(TimeQuadrature, RacesTimes) {
  const std::vector<Distribution> both{Law{Exponential{10}},
                                       Law{Exponential{30}}};
  const WeighedTimes least = weighed_least(both, 96);
  EXPECT_NEAR(weighed_mean(least, [](double t) { return t; }), 7.5, 1e-9);
  const SurvivalFunction independent = survival_of_least(both, 0);
  EXPECT_NEAR(independent(5), std::exp(-5 / 7.5), 1e-10);
  // All of one cause: the shorter law is always the first.
  EXPECT_NEAR(survival_of_least(both, 1)(5), std::exp(-0.5), 1e-10);
  EXPECT_NEAR(survival_of_largest(both, 1)(5), std::exp(-5.0 / 30), 1e-10);
  EXPECT_NEAR(survival_of_largest(both, 0)(5),
              1 - (1 - std::exp(-0.5)) * (1 - std::exp(-5.0 / 30)), 1e-10);
}

// P(both normal scores above 0) = 1/4 + asin(rho) / (2 pi) [Sheppard 1899].
TEST(TimeQuadrature, CorrelatesByTheNormalScores) {
  const std::vector<Distribution> both{Law{Lognormal{60, 1}},
                                       Law{Lognormal{60, 2}}};
  EXPECT_NEAR(survival_of_least(both, 0.5)(60),
              0.25 + std::asin(0.5) / (2 * std::acos(-1)), 1e-9);
}

// The sum of two exponentials with one rate: (1 + t / m) exp(-t / m).
TEST(TimeQuadrature, AddsTimes) {
  const Distribution law = Law{Exponential{100}};
  const SurvivalFunction sum = survival_of_sum(law, survival_of(law));
  for (const double t : {1.0, 50.0, 400.0, 2000.0}) {
    EXPECT_NEAR(sum(t), (1 + t / 100) * std::exp(-t / 100), 1e-8) << t;
  }
}

TEST(TimeQuadrature, TablesAndIntegralsKeepFiveDigits) {
  const auto survival = survival_of(Law{Lognormal{100, 1.5}});
  const auto table = tabulated(survival, 1e-3, 1e7, 300);
  for (const double t : {0.5, 30.0, 100.0, 5000.0}) {
    EXPECT_NEAR(table(t), survival(t), 1e-5) << t;
  }
  EXPECT_NEAR(integral_in_decades(survival, 1e-3, 1e8),
              100 * std::exp(1.5 * 1.5 / 2), 1e-3);
}

}  // namespace
}  // namespace outagesim

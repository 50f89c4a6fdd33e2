#include "models/analysis/fit_law.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/analysis/newton_climb.h"

namespace outagesim {
namespace {

// Millions of revolutions before a ball bearing failed [Lieblein56].
const TimesToFit kBearings{
    {17.88, 28.92, 33.00,  41.52,  42.12,  45.60,  48.48, 51.84,
     51.96, 54.12, 55.56,  67.80,  68.64,  68.64,  68.88, 84.12,
     93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40},
    {}};

// Weeks of remission under 6-mercaptopurine [Freireich63].
const TimesToFit kRemissions{{6, 6, 6, 7, 10, 13, 16, 22, 23},
                             {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}};

// As published many times, [Lawless03, examples 5.2.1 and 5.4.1].
TEST(FitLaw, WeibullOfTheBallBearings) {
  const FittedLaw fit = fit_law(LawFamily::kWeibull, kBearings);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.parameters[0], 2.102, 0.001);
  EXPECT_NEAR(fit.parameters[1], 81.87, 0.02);
  EXPECT_NEAR(fit.log_likelihood, -113.691, 0.002);
}

TEST(FitLaw, LognormalOfTheBallBearings) {
  const FittedLaw fit = fit_law(LawFamily::kLognormal, kBearings);
  EXPECT_NEAR(std::log(fit.parameters[0]), 4.150, 0.001);
  EXPECT_NEAR(fit.parameters[1], 0.5216, 0.0005);
  // sigma / sqrt(n) and sigma / sqrt(2 n).
  EXPECT_NEAR(fit.errors[0] / fit.parameters[0], 0.5216 / std::sqrt(23), 1e-4);
  EXPECT_NEAR(fit.errors[1], 0.5216 / std::sqrt(46), 1e-4);
}

// The likelihood equations: shape × scale is the mean, and ln mean - mean ln is
// ln shape - digamma(shape).
TEST(FitLaw, GammaOfTheBallBearings) {
  const FittedLaw fit = fit_law(LawFamily::kGamma, kBearings);
  EXPECT_NEAR(fit.parameters[0], 4.027, 0.005);
  EXPECT_NEAR(fit.parameters[0] * fit.parameters[1], 72.22, 0.01);
}

TEST(FitLaw, ExponentialOfTheRemissionsCountsCensoredTimeButNoEvent) {
  const FittedLaw fit = fit_law(LawFamily::kExponential, kRemissions);
  EXPECT_NEAR(fit.parameters[0], 359.0 / 9, 1e-9);
  EXPECT_NEAR(fit.errors[0], 359.0 / 27, 1e-9);
  EXPECT_NEAR(fit.log_likelihood, -9 * (std::log(359.0 / 9) + 1), 1e-9);
}

TEST(FitLaw, WeibullOfTheRemissionsIsAsPublished) {
  const FittedLaw fit = fit_law(LawFamily::kWeibull, kRemissions);
  EXPECT_NEAR(fit.parameters[0], 1.3537, 0.0005);
  EXPECT_NEAR(fit.parameters[1], 33.765, 0.01);
}

// Every law's maximum is one: moving a parameter either way lowers the
// likelihood, which is told by the law's own density and survival.
double log_likelihood(const Law& law, const TimesToFit& times) {
  double sum = 0;
  for (const double t : times.ended) sum += std::log(density(law, t));
  for (const double t : times.censored) sum += std::log(survival(law, t));
  return sum;
}

Law law_with(LawFamily family, double first, double second) {
  switch (family) {
    case LawFamily::kExponential:
      return Exponential{first};
    case LawFamily::kWeibull:
      return Weibull{first, second};
    case LawFamily::kLognormal:
      return Lognormal{first, second};
    case LawFamily::kGamma:
      return Gamma{first, second};
    case LawFamily::kLogLogistic:
      break;
  }
  return LogLogistic{first, second};
}

TEST(FitLaw, FindsTheTopOfEachLikelihood) {
  for (const TimesToFit& times : {kBearings, kRemissions}) {
    for (const FittedLaw& fit : fit_laws(times)) {
      SCOPED_TRACE(family_name(fit.family));
      const auto [a, b] = fit.parameters;
      EXPECT_TRUE(fit.converged);
      EXPECT_NEAR(log_likelihood(fit.law, times), fit.log_likelihood, 1e-6);
      for (const double factor : {0.99, 1.01}) {
        EXPECT_LT(log_likelihood(law_with(fit.family, a * factor, b), times),
                  fit.log_likelihood);
        if (fit.family == LawFamily::kExponential) continue;
        EXPECT_LT(log_likelihood(law_with(fit.family, a, b * factor), times),
                  fit.log_likelihood);
      }
    }
  }
}

// One error to either side of the median's logarithm the likelihood, where the
// shape follows, is lower by about 1 / 2: the mean of both sides, for the hill
// leans a little.
TEST(FitLaw, ErrorsComeFromTheCurvature) {
  const FittedLaw fit = fit_law(LawFamily::kLogLogistic, kBearings);
  const double error = fit.errors[0] / fit.parameters[0];
  double fall = 0;
  for (const double side : {-1.0, 1.0}) {
    const double median = fit.parameters[0] * std::exp(side * error);
    double best = -INFINITY;
    for (double shape = 2; shape < 6; shape += 0.01) {
      best =
          std::max(best, log_likelihood(LogLogistic{median, shape}, kBearings));
    }
    fall += (fit.log_likelihood - best) / 2;
  }
  EXPECT_NEAR(fall, 0.5, 0.05);
}

TEST(FitLaw, RanksByAic) {
  const std::vector<FittedLaw> fits = fit_laws(kBearings);
  ASSERT_EQ(fits.size(), 5U);
  EXPECT_EQ(fits.front().family, LawFamily::kGamma);
  EXPECT_EQ(fits.back().family, LawFamily::kExponential);
  EXPECT_NEAR(fits.front().aic, 4 - 2 * fits.front().log_likelihood, 1e-9);
}

// By hand: F = 1/4, 1/2, 3/4 at the three points of a uniform sample.
TEST(LawDistance, OfThreePointsByHand) {
  const std::vector<double> points{0.25, 0.5, 0.75};
  const LawDistance distance = law_distance(Uniform{0, 1}, points);
  EXPECT_NEAR(distance.kolmogorov_smirnov, 0.25, 1e-12);
  const double sum = std::log(0.25) + std::log(0.25) +
                     3 * (std::log(0.5) + std::log(0.5)) +
                     5 * (std::log(0.75) + std::log(0.75));
  EXPECT_NEAR(distance.anderson_darling, -3 - sum / 3, 1e-12);
}

// By hand, each of four terms of the sum, two times of which are the same.
TEST(LawDistance, OfTimesThatCameTwiceByHand) {
  const std::vector<double> points{0.25, 0.5, 0.5, 0.75};
  const LawDistance distance = law_distance(Uniform{0, 1}, points);
  EXPECT_NEAR(distance.kolmogorov_smirnov, 0.25, 1e-12);
  const double quarter = std::log(0.25), half = std::log(0.5),
               most = std::log(0.75);
  const double sum = (quarter + quarter) + 3 * (half + half) +
                     5 * (half + half) + 7 * (most + most);
  EXPECT_NEAR(distance.anderson_darling, -4 - sum / 4, 1e-12);
}

// In whole minutes, as histories are: to fit each is to fit how often it came.
TEST(FitLaw, CountsTimesThatCameTwice) {
  const TimesToFit apart{{60, 120, 60, 300, 120, 60}, {600, 90}};
  TimesToFit together = apart;
  std::ranges::sort(together.ended);
  for (const LawFamily family : kLawFamilies) {
    const FittedLaw a = fit_law(family, apart);
    const FittedLaw b = fit_law(family, together);
    EXPECT_TRUE(b.converged);
    EXPECT_NEAR(a.parameters[0], b.parameters[0], 1e-9 * a.parameters[0]);
    // The gamma law's curvature is of numeric differences.
    EXPECT_NEAR(a.errors[0], b.errors[0], 1e-6 * a.errors[0]);
    EXPECT_NEAR(a.aic, b.aic, 1e-9 * a.aic);
  }
}

// A sum of a million terms is known to nine digits after the point. Without an
// end there, each last step would be halved thirty times.
TEST(NewtonClimb, EndsWhereTheSumIsRounded) {
  int looks = 0;
  const auto hill = [&](Point at) {
    const double a = at.a - 1, b = at.b - 2;
    const double noise = ++looks % 2 == 0 ? 2e-9 : -2e-9;
    const double n = 1e6;
    return Hill{.value = -1e7 - n * (a * a + b * b + a * a * a * a) + noise,
                .g1 = -n * (2 * a + 4 * a * a * a) + 1e-6,
                .g2 = -n * 2 * b - 1e-6,
                .h11 = -n * (2 + 12 * a * a),
                .h12 = 0,
                .h22 = -2 * n};
  };
  const Summit summit = climb(hill, {0.3, -4});
  EXPECT_TRUE(summit.converged);
  EXPECT_LE(looks, 10);
  EXPECT_NEAR(summit.at.a, 1, 1e-6);
  EXPECT_NEAR(summit.at.b, 2, 1e-6);
}

}  // namespace
}  // namespace outagesim

// Phase-type fits keep the moments they promise and state how far they are off.
#include "models/analysis/phase_type.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outagesim {
namespace {

double second_moment(const Distribution& law) {
  return variance(law) + mean(law) * mean(law);
}

class PhaseTypeFits : public testing::TestWithParam<Distribution> {};

TEST_P(PhaseTypeFits, KeepTwoMoments) {
  const PhaseTypeFit fit = fit_phases(GetParam());
  EXPECT_NEAR(moment(fit.phases, 1) / mean(GetParam()), 1, 1e-12);
  EXPECT_NEAR(moment(fit.phases, 2) / second_moment(GetParam()), 1, 1e-10);
  EXPECT_GE(fit.largest_difference, 0);
  EXPECT_LT(fit.largest_difference, 0.35);
}

INSTANTIATE_TEST_SUITE_P(Laws, PhaseTypeFits,
                         testing::Values(Distribution(Exponential{7}),
                                         Distribution(Lognormal{30, 0.3}),
                                         Distribution(Lognormal{30, 0.7}),
                                         Distribution(Lognormal{30, 1}),
                                         Distribution(Lognormal{30, 2}),
                                         Distribution(Weibull{0.7, 10}),
                                         Distribution(Weibull{2, 10}),
                                         Distribution(Gamma{0.4, 3}),
                                         Distribution(Gamma{7, 2}),
                                         Distribution(Uniform{2, 9}),
                                         Distribution(Lognormal{30, 1}, 120)));

TEST(PhaseTypeFit, IsExactForExponentialAndErlangLaws) {
  EXPECT_TRUE(fit_phases(Distribution(Exponential{3})).exact);
  const PhaseTypeFit erlang = fit_phases(Distribution(Gamma{4, 2}));
  EXPECT_TRUE(erlang.exact) << erlang.largest_difference;
  EXPECT_FALSE(fit_phases(Distribution(Lognormal{30, 1})).exact);
}

// The third moment of a law with two exponentials in parallel is met only by
// themselves.
TEST(PhaseTypeFit, TakesTheThirdMomentWhereThatComesNearer) {
  const PhaseTypeFit fit = fit_phases(Distribution(Gamma{0.8, 10}));
  EXPECT_NEAR(fit.third_moment_error, 0, 1e-9);
  EXPECT_LT(fit.largest_difference, 0.02);
}

TEST(PhaseTypeFit, StatesHowFarItIsOffForAWideLaw) {
  const PhaseTypeFit fit = fit_phases(Distribution(Lognormal{30, 1}));
  EXPECT_GT(fit.largest_difference, 0.05);
  EXPECT_LT(fit.largest_difference, 0.15);
  EXPECT_NE(fit.third_moment_error, 0);
}

TEST(PhaseTypeFit, OfAFixedTimeKeepsItsMeanAndSaysItIsOff) {
  const PhaseTypeFit fit = fit_phases(Distribution(Fixed{60}));
  EXPECT_EQ(fit.phases.phases(), 20U);
  EXPECT_NEAR(moment(fit.phases, 1), 60, 1e-10);
  EXPECT_GT(fit.largest_difference, 0.4);
  EXPECT_FALSE(fit.exact);
}

TEST(PhaseType, HasTheDistributionOfItsPhases) {
  const PhaseTypeFit fit = fit_phases(Distribution(Gamma{2, 5}));
  EXPECT_NEAR(cdf(fit.phases, 10), 1 - std::exp(-2) * 3, 1e-12);
}

}  // namespace
}  // namespace outagesim

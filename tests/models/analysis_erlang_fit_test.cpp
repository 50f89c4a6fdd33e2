// Laws fitted by mixtures of Erlang laws: nearer than two moments, the mean
// kept.
#include "models/analysis/erlang_fit.h"

#include <gtest/gtest.h>

#include "models/parts/distribution.h"

namespace outagesim {
namespace {

class ErlangFit : public testing::TestWithParam<Distribution> {};

TEST_P(ErlangFit, KeepsTheMean) {
  for (const std::uint32_t phases : {4U, 8U, 16U}) {
    const PhaseTypeFit fit = fit_erlangs(GetParam(), phases);
    EXPECT_LE(fit.phases.phases(), phases);
    EXPECT_NEAR(moment(fit.phases, 1) / mean(GetParam()), 1, 1e-9) << phases;
  }
}

TEST_P(ErlangFit, IsAsFarOffAsItSays) {
  const PhaseTypeFit fit = fit_erlangs(GetParam(), 8);
  double largest = 0;
  for (double u = 0.005; u < 1; u += 0.01) {
    const double x = quantile(GetParam(), {u});
    largest = std::max(largest, std::abs(cdf(fit.phases, x) - u));
  }
  EXPECT_NEAR(fit.largest_difference, largest, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Laws, ErlangFit,
                         testing::Values(Distribution(Lognormal{100, 1.2}),
                                         Distribution(Lognormal{15, 0.5}),
                                         Distribution(Weibull{0.663, 94.2}),
                                         Distribution(Weibull{2, 10}),
                                         Distribution(Gamma{0.5, 30}),
                                         Distribution(LogLogistic{60, 3}),
                                         Distribution(Uniform{5, 15})));

TEST(ErlangFitOfALognormalLaw, ComesNearer) {
  const Distribution law(Lognormal{100, 1.2});
  const double by_moments = fit_phases(law).largest_difference;
  const double by_four = fit_erlangs(law, 4).largest_difference;
  const double by_sixteen = fit_erlangs(law, 16).largest_difference;
  EXPECT_LT(by_four, by_moments);
  EXPECT_LT(by_sixteen, 0.6 * by_four);
}

TEST(ErlangFitOfAFixedTime, VariesAsLittleAsItsPhasesAllow) {
  const PhaseTypeFit fit = fit_erlangs(Distribution(Fixed{60}), 16);
  EXPECT_EQ(fit.phases.phases(), 16U);
  EXPECT_FALSE(fit.exact);
  EXPECT_NEAR(moment(fit.phases, 2) / 3600 - 1, 1.0 / 16, 1e-9);
}

TEST(ErlangFitOfAnErlangLaw, IsExact) {
  EXPECT_TRUE(fit_erlangs(Distribution(Exponential{3}), 8).exact);
  EXPECT_TRUE(fit_erlangs(Distribution(Gamma{4, 2}), 8).exact);
}

TEST(LawFits, FitsEachLawOnce) {
  LawFits fits(4);
  const double first = fits.of(Distribution(Lognormal{10, 1})).phases.leave[0];
  fits.of(Distribution(Lognormal{20, 1}));
  EXPECT_EQ(fits.of(Distribution(Lognormal{10, 1})).phases.leave[0], first);
}

}  // namespace
}  // namespace outagesim

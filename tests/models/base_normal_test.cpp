#include "models/base/normal.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outagesim {
namespace {

TEST(NormalQuantile, MatchesTheTableOfAs241) {
  // The check values printed with the algorithm. [Wichura88, p. 481]
  EXPECT_DOUBLE_EQ(normal_quantile({0.25}), -0.6744897501960817);
  EXPECT_DOUBLE_EQ(normal_quantile({0.001}), -3.090232306167814);
  EXPECT_DOUBLE_EQ(normal_quantile({1e-20}), -9.262340089798408);
}

TEST(NormalQuantile, MatchesFortyDigitArithmetic) {
  // Computed with mpmath 1.2.1 at 40 digits.
  EXPECT_EQ(normal_quantile({0.5}), 0);
  EXPECT_DOUBLE_EQ(normal_quantile({0.6}), 0.253347103135799799);
  EXPECT_DOUBLE_EQ(normal_quantile({0.075}), -1.43953147093845593);
  EXPECT_DOUBLE_EQ(normal_quantile({1 - 0x1p-10}), 3.09726907819878446);
  EXPECT_DOUBLE_EQ(normal_quantile({0x1p-64}), -9.08015512487361267);
  EXPECT_DOUBLE_EQ(normal_quantile({1 - 0x1p-53}), 8.20953615160138686);
}

TEST(NormalCdf, UndoesTheQuantile) {
  for (double u = 1e-12; u < 1; u += 0.00097) {
    EXPECT_NEAR(normal_cdf(normal_quantile({u})).value / u, 1, 1e-14) << u;
  }
}

TEST(NormalLogSurvival, ReachesIntoTheFarTail) {
  // Computed with mpmath 1.2.1 at 40 digits.
  EXPECT_NEAR(normal_log_survival(10) / -53.2312851505124706, 1, 1e-14);
  EXPECT_NEAR(normal_log_survival(30) / -454.321243956343197, 1, 1e-10);
  EXPECT_NEAR(normal_log_survival(50) / -1254.8313611394199, 1, 1e-10);
}

TEST(CorrelatedUniform, GoesFromTheOwnDrawToTheSharedOne) {
  EXPECT_DOUBLE_EQ(correlated_uniform(1.2, -0.4, 0).value,
                   normal_cdf(-0.4).value);
  EXPECT_DOUBLE_EQ(correlated_uniform(1.2, -0.4, 1).value,
                   normal_cdf(1.2).value);
  EXPECT_DOUBLE_EQ(correlated_uniform(1, 1, 0.5).value,
                   normal_cdf(std::sqrt(2)).value);
}

TEST(CorrelatedUniform, StaysStrictlyInside) {
  EXPECT_LT(correlated_uniform(40, 40, 0.5).value, 1);
  EXPECT_GT(correlated_uniform(-40, -40, 0.5).value, 0);
}

}  // namespace
}  // namespace outagesim

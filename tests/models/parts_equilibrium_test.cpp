// What a renewal process in equilibrium is made of.
#include "models/parts/equilibrium.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outagesim {
namespace {

TEST(PoissonQuantile, IsTheFirstNumberThatReachesIt) {
  // P(0) = 0.2231, P(≤ 1) = 0.5578, P(≤ 2) = 0.8088 for mean 1.5.
  EXPECT_EQ(poisson_quantile(1.5, {0.2231}), 0);
  EXPECT_EQ(poisson_quantile(1.5, {0.2232}), 1);
  EXPECT_EQ(poisson_quantile(1.5, {0.5578}), 1);
  EXPECT_EQ(poisson_quantile(1.5, {0.5579}), 2);
  EXPECT_EQ(poisson_quantile(1.5, {0.8089}), 3);
}

TEST(PoissonQuantile, HoldsFromNothingToMillions) {
  EXPECT_EQ(poisson_quantile(0, {0.999}), 0);
  EXPECT_EQ(poisson_quantile(1e-9, {1e-12}), 0);
  EXPECT_NEAR(static_cast<double>(poisson_quantile(1e6, {0.5})), 1e6, 1);
}

}  // namespace
}  // namespace outagesim

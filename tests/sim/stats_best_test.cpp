// Which of several means is the lowest, and covariances of many quantities.
#include "sim/stats/best.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "models/base/normal.h"
#include "sim/stats/joint_moments.h"

namespace outagesim {
namespace {

// 20,000 draws: four standard errors of a share near one half.
constexpr double kFourErrors = 4 * 0.5 / 141;

TEST(ProbabilityLowest, OfTwoIsTheNormalTail) {
  // P(a < b) = Φ((2 - 1) / sqrt(0.5 + 0.5 - 2 × 0.2)).
  const auto p = probability_lowest({1, 2}, {0.5, 0.2, 0.2, 0.5});
  EXPECT_NEAR(p[0], normal_cdf(1 / std::sqrt(0.6)).value, kFourErrors);
  EXPECT_NEAR(p[0] + p[1], 1, 1e-12);
}

TEST(ProbabilityLowest, IgnoresSharedLuck) {
  // The same large noise in both: the lower mean is surely the lower.
  const auto p = probability_lowest({1, 1.001}, {9, 9, 9, 9});
  EXPECT_EQ(p[0], 1);
}

TEST(ProbabilityLowest, IsSharedByEquals) {
  const auto p = probability_lowest({1, 1, 3}, {4, 4, 0, 4, 4, 0, 0, 0, 1e-6});
  EXPECT_EQ(p[0], p[1]);
  EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-12);
}

TEST(JointMoments, GiveTheCovariancesOfASmallTable) {
  JointMoments moments(2);
  for (const auto& row : {std::vector<double>{1, 10}, {2, 14}, {3, 12}}) {
    moments.add(row);
  }
  EXPECT_DOUBLE_EQ(moments.mean(1), 12);
  EXPECT_DOUBLE_EQ(moments.covariance(0, 0), 1);
  EXPECT_DOUBLE_EQ(moments.covariance(0, 1), 1);
  EXPECT_DOUBLE_EQ(moments.covariance(1, 1), 4);
}

TEST(JointMoments, MergeToTheSameBitsInAnyOrder) {
  JointMoments forth(2), back(2), first(2), second(2);
  for (int i = 0; i < 100; ++i) {
    const std::vector<double> row{std::sin(i) * 1e9, std::cos(i * i)};
    forth.add(row);
    (i % 3 == 0 ? first : second).add(row);
  }
  back.merge(second);
  back.merge(first);
  EXPECT_EQ(forth, back);
}

}  // namespace
}  // namespace outagesim

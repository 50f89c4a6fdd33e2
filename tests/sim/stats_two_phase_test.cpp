// The law of total variance, estimated, against closed forms.
#include "sim/stats/two_phase.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

// Groups with a normal mean of spread `known`, members of spread `chance`.
std::vector<GroupMoments> groups(std::size_t n, int each, double known,
                                 double chance, std::uint64_t seed) {
  std::vector<GroupMoments> all;
  for (std::size_t k = 0; k < n; ++k) {
    Stream stream({.seed = seed, .replication = k});
    const double mean = 10 + known * normal(stream);
    double sum = 0, squares = 0;
    for (int i = 0; i < each; ++i) {
      const double x = mean + chance * normal(stream);
      sum += x;
      squares += x * x;
    }
    const double average = sum / each;
    all.push_back({average, (squares - each * average * average) / (each - 1)});
  }
  return all;
}

TEST(TwoPhases, TellChanceFromIgnorance) {
  constexpr int kGroups = 4000, kEach = 5;
  const auto parts = variance_parts(groups(kGroups, kEach, 2, 3, 1), kEach, 1);
  // Normal: the variance of a mean square with f degrees is 2 ms² / f.
  const double within = 9 * std::sqrt(2.0 / (kGroups * (kEach - 1)));
  const double between = (4 + 9.0 / kEach) * std::sqrt(2.0 / kGroups);
  EXPECT_NEAR(parts.chance, 9, 4 * within);
  EXPECT_NEAR(parts.ignorance, 4, 4 * std::hypot(between, within / kEach));
  EXPECT_NEAR(parts.both(), 13, 4 * std::hypot(between, within));
  const double error = (parts.share.high - parts.share.low) / 2 / 1.96;
  EXPECT_NEAR(parts.share.value, 4.0 / 13, 4 * error);
}

TEST(TwoPhases, SeeNoIgnoranceWhereThereIsNone) {
  const auto parts = variance_parts(groups(500, 4, 0, 3, 2), 4, 1);
  EXPECT_NEAR(parts.ignorance, 0, 1);
  EXPECT_EQ(parts.share.low, 0);
  EXPECT_LT(parts.share.high, 0.1);
}

TEST(TwoPhases, SeeOnlyIgnoranceWithoutChance) {
  const auto parts = variance_parts(groups(100, 2, 2, 0, 3), 2, 1);
  EXPECT_NEAR(parts.share.value, 1, 1e-9);
}

TEST(TwoPhases, TakeChanceOutOfWhatIsBelievedOfTheMean) {
  constexpr int kEach = 4;
  const auto all = groups(2000, kEach, 2, 6, 4);
  const auto parts = variance_parts(all, kEach, 1);
  const auto means = believed_means(all, parts, kEach);
  // 90 % of a normal law with spread 2; the raw means spread by 3.6.
  const double width = quantile_of(means, 0.95) - quantile_of(means, 0.05);
  EXPECT_NEAR(width, 2 * 1.645 * 2, 0.8);
}

TEST(TwoPhases, ShareCoversTheTruthNineteenTimesInTwenty) {
  constexpr int kExperiments = 300;
  int covered = 0;
  for (std::uint64_t k = 0; k < kExperiments; ++k) {
    const auto share =
        variance_parts(groups(100, 5, 2, 3, 100 + k), 5, 1).share;
    covered += share.low <= 4.0 / 13 && 4.0 / 13 <= share.high ? 1 : 0;
  }
  EXPECT_NEAR(covered / double{kExperiments}, 0.95,
              4 * std::sqrt(0.95 * 0.05 / kExperiments));
}

}  // namespace
}  // namespace outagesim

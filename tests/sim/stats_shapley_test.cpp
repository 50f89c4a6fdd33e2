// Shares against the axioms and a published closed form.
#include "sim/stats/shapley.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace outagesim {
namespace {

std::vector<double> shares(unsigned n,
                           const std::function<double(Coalition)>& value) {
  std::vector<double> all(n, 0.0);
  for (Coalition c = 0; c <= everybody(n); ++c) {
    for (unsigned i = 0; i < n; ++i) {
      all[i] += shapley_coefficient(n, c, i) * value(c);
    }
  }
  return all;
}

TEST(Shapley, SharesARunwayAsLittlechildAndOwenDo) {
  // A runway costs as much as its longest aircraft needs: 1, 3, 6, 10. Each
  // stretch is shared by those that need it [Littlechild73].
  constexpr std::array<double, 4> kNeeds{1, 3, 6, 10};
  const auto found = shares(4, [&](Coalition c) {
    double most = 0;
    for (unsigned i = 0; i < 4; ++i) {
      if (has_player(c, i)) most = std::max(most, kNeeds[i]);
    }
    return most;
  });
  EXPECT_NEAR(found[0], 1.0 / 4, 1e-14);
  EXPECT_NEAR(found[1], 1.0 / 4 + 2.0 / 3, 1e-14);
  EXPECT_NEAR(found[2], 1.0 / 4 + 2.0 / 3 + 3.0 / 2, 1e-14);
  EXPECT_NEAR(found[3], 1.0 / 4 + 2.0 / 3 + 3.0 / 2 + 4, 1e-14);
}

TEST(Shapley, GivesNothingToWhoAddsNothing) {
  const auto found =
      shares(3, [](Coalition c) { return has_player(c, 1) ? 5.0 : 0.0; });
  EXPECT_NEAR(found[0], 0, 1e-15);
  EXPECT_NEAR(found[1], 5, 1e-14);
  EXPECT_NEAR(found[2], 0, 1e-15);
}

TEST(Shapley, SharesSumToTheTotalOfAnyGame) {
  for (const unsigned n : {1U, 2U, 5U, 10U}) {
    const auto value = [](Coalition c) {
      Stream stream({.seed = 3, .entity = c});
      return stream.next();
    };
    const auto found = shares(n, value);
    double sum = 0;
    for (const double share : found) sum += share;
    EXPECT_NEAR(sum, value(everybody(n)) - value(0), 1e-13) << n;
  }
}

TEST(Shapley, OrdersAreEquallyLikely) {
  constexpr int kDraws = 6000;
  std::array<int, 27> seen{};
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream({.seed = 1, .replication = i});
    const auto order = random_order(3, stream);
    ++seen[order[0] * 9 + order[1] * 3 + order[2]];
  }
  const double error = std::sqrt(kDraws * (1.0 / 6) * (5.0 / 6));
  for (const unsigned order : {5U, 7U, 11U, 15U, 19U, 21U}) {
    EXPECT_NEAR(seen[order], kDraws / 6.0, 4 * error) << order;
  }
}

}  // namespace
}  // namespace outagesim

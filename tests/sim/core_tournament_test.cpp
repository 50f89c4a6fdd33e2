#include "sim/core/tournament.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace outagesim {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Tournament, LetsTheEarliestWinAndBreaksTiesByNumber) {
  Tournament turns(5);
  EXPECT_TRUE(turns.is_empty());
  turns.set(3, 7, 1);
  turns.set(1, 5, 2);
  EXPECT_EQ(turns.winner(), 1);
  turns.set(4, 5, 0);
  EXPECT_EQ(turns.winner(), 4);
  turns.withdraw(4);
  turns.withdraw(1);
  EXPECT_EQ(turns.winner(), 3);
  EXPECT_EQ(turns.number(), 1);
  turns.clear();
  EXPECT_EQ(turns.time(), kInfinite);
}

TEST(Tournament, IsASetByTimeAndNumber) {
  std::mt19937 random(1);
  for (const std::size_t players : {1, 2, 3, 16, 100}) {
    Tournament turns(players);
    std::vector<std::pair<double, std::uint64_t>> held(players, {kInfinite, 0});
    for (std::uint64_t number = 0; number < 2000; ++number) {
      const auto player = static_cast<std::uint32_t>(random() % players);
      if (random() % 5 == 0) {
        held[player] = {kInfinite, 0};
        turns.withdraw(player);
      } else {
        held[player] = {random() % 20, number};
        turns.set(player, held[player].first, number);
      }
      const auto least = *std::ranges::min_element(held);
      ASSERT_EQ(turns.time(), least.first);
      if (turns.is_empty()) continue;
      ASSERT_EQ(turns.number(), least.second);
      ASSERT_EQ(held[turns.winner()], least);
    }
  }
}

}  // namespace
}  // namespace outagesim

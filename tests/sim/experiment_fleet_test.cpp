#include "sim/experiment/fleet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace outagesim {
namespace {

std::vector<std::uint32_t> users_of(const Fleet& fleet) {
  std::vector<std::uint32_t> users(fleet.services.size());
  for (const FleetService& service : fleet.services) {
    for (const std::uint32_t target : service.needs) ++users[target];
  }
  return users;
}

std::uint32_t depth_of(const Fleet& fleet) {
  std::vector<std::uint32_t> depth(fleet.services.size(), 1);
  for (std::uint32_t i = 0; i < depth.size(); ++i) {
    for (const std::uint32_t target : fleet.services[i].needs) {
      depth[i] = std::max(depth[i], depth[target] + 1);
    }
  }
  return *std::ranges::max_element(depth);
}

TEST(Fleet, NeedsOnlyWhatComesBeforeAndEachOnce) {
  for (const std::uint32_t n : {10U, 11U, 100U, 5000U}) {
    const Fleet fleet = make_fleet({.services = n});
    ASSERT_EQ(fleet.services.size(), n);
    for (std::uint32_t i = 0; i < n; ++i) {
      std::vector<std::uint32_t> needs = fleet.services[i].needs;
      std::ranges::sort(needs);
      EXPECT_EQ(std::ranges::adjacent_find(needs), needs.end());
      for (const std::uint32_t target : needs) EXPECT_LT(target, i);
    }
  }
}

TEST(Fleet, HasTheSharesOfTheTrace) {
  const Fleet fleet = make_fleet({.services = 20'000});
  const auto users = users_of(fleet);
  double leaves = 0, needs = 0;
  for (const FleetService& service : fleet.services) {
    leaves += service.needs.empty() ? 1 : 0;
    needs += static_cast<double>(service.needs.size());
  }
  EXPECT_NEAR(leaves / 20'000, 0.39, 0.01);
  EXPECT_NEAR(needs / 20'000, 5, 1);
  EXPECT_GE(depth_of(fleet), 6);
  EXPECT_LE(depth_of(fleet), 15);
}

// A hundredth of the services has a large share of all users, as hot spots do;
// most have few.
TEST(Fleet, HasHotSpots) {
  const Fleet fleet = make_fleet({.services = 20'000});
  std::vector<std::uint32_t> users = users_of(fleet);
  std::ranges::sort(users, std::greater());
  const double all = std::accumulate(users.begin(), users.end(), 0.0);
  const double top = std::accumulate(users.begin(), users.begin() + 200, 0.0);
  EXPECT_GT(top / all, 0.15);
  EXPECT_LT(users[users.size() / 2], 5);
}

TEST(Fleet, IsAnotherWithAnotherSeedOnly) {
  const auto needs = [](std::uint64_t seed) {
    const Fleet fleet = make_fleet({.services = 500, .seed = seed});
    return fleet.services.back().needs;
  };
  EXPECT_EQ(needs(1), needs(1));
  EXPECT_NE(needs(1), needs(2));
}

}  // namespace
}  // namespace outagesim

#include "sim/core/time_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <random>
#include <vector>

namespace outagesim {
namespace {

struct Moment {
  double time = 0;
  std::uint32_t number = 0;
  auto operator<=>(const Moment&) const = default;
};

// Random moments within [0, 100], all times to a power: crowded at 0.
std::vector<Moment> random_moments(std::size_t n, double power, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Moment> moments;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double part = static_cast<double>(random() % 1000) / 999;
    moments.push_back({100 * std::pow(part, power), i});
  }
  return moments;
}

TEST(TimeOrder, IsThatOfASort) {
  TimeOrder<Moment> order;
  for (const double power : {1.0, 3.0, 400.0}) {
    for (const std::size_t n : {0, 1, 2, 3, 64, 1000}) {
      std::vector<Moment> moments = random_moments(n, power, 7);
      const auto ordered = order.of(moments, 100);
      std::ranges::sort(moments);
      EXPECT_TRUE(std::ranges::equal(ordered, moments)) << n << " " << power;
    }
  }
}

TEST(TimeOrder, TakesBothEnds) {
  TimeOrder<Moment> order;
  const std::vector<Moment> moments{{8760, 0}, {0, 1}, {8760, 2}, {0, 3}};
  const auto ordered = order.of(moments, 8760);
  EXPECT_EQ(ordered.front(), (Moment{0, 1}));
  EXPECT_EQ(ordered.back(), (Moment{8760, 2}));
}

}  // namespace
}  // namespace outagesim

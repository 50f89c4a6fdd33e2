// Retries in order of time, however many wait and however far off.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/core/random.h"
#include "sim/request/retry_calendar.h"

namespace outagesim {
namespace {

// Pushed while others are taken out; returns what came out when.
std::vector<double> play(Seconds longest, double spread, int most) {
  RetryCalendar<std::uint32_t> calendar(longest);
  Stream uniform({7, 0, 0, 0});
  std::vector<double> out;
  double now = 0;
  for (int i = 0; i < most; ++i) {
    for (int k = 0; k < (i % 7 == 0 ? 12 : 1); ++k) {
      calendar.push(Seconds{now + spread * uniform.next()}, 0);
    }
    now = calendar.next_time().value;
    out.push_back(now);
    calendar.pop();
  }
  while (!calendar.empty()) {
    out.push_back(calendar.next_time().value);
    calendar.pop();
  }
  return out;
}

TEST(RetryCalendar, GivesBackAllInOrderOfTime) {
  for (const double spread : {1.0, 0.001, 50.0, 5000.0}) {
    const std::vector<double> out = play({1}, spread, 5000);
    EXPECT_GT(out.size(), 10'000U);
    EXPECT_TRUE(std::ranges::is_sorted(out)) << spread;
  }
}

TEST(RetryCalendar, KeepsTheOrderOfThoseOfOneMoment) {
  RetryCalendar<int> calendar({10});
  for (int i = 0; i < 100; ++i) calendar.push({5}, i);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(calendar.pop(), i);
  EXPECT_TRUE(calendar.empty());
}

TEST(RetryCalendar, StartsAnewAfterALongPause) {
  RetryCalendar<int> calendar({1});
  calendar.push({0.5}, 1);
  EXPECT_EQ(calendar.pop(), 1);
  calendar.push({1e9}, 2);
  calendar.push({1e9 + 0.5}, 3);
  EXPECT_EQ(calendar.pop(), 2);
  EXPECT_EQ(calendar.next_time().value, 1e9 + 0.5);
}

}  // namespace
}  // namespace outagesim

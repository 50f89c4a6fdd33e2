#include "models/base/clock_text.h"

#include <gtest/gtest.h>

namespace outagesim {
namespace {

TEST(ClockText, TellsTimesAsAClock) {
  EXPECT_EQ(clock_text(Seconds{0}), "0:00:00");
  EXPECT_EQ(clock_text(Seconds{510.4}), "0:08:30");
  EXPECT_EQ(clock_text(Seconds{-240}), "-0:04:00");
  EXPECT_EQ(clock_text(Seconds{3 * 86400 + 3661}), "3 d 1:01:01");
}

}  // namespace
}  // namespace outagesim

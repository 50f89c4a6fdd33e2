#include "sim/core/time_integral.h"

#include <gtest/gtest.h>

namespace outagesim {
namespace {

TEST(TimeIntegral, SumsTheValueHeldInEachStep) {
  TimeIntegral served{Seconds{10}, 1};
  served.set(Seconds{20}, 0.25);
  served.set(Seconds{60}, 0);
  served.advance(Seconds{100});
  EXPECT_EQ(served.integral(), 10 * 1 + 40 * 0.25);
  EXPECT_EQ(served.now(), Seconds{100});
  EXPECT_EQ(served.value(), 0);
}

TEST(TimeIntegral, TwoChangesAtOneInstantCountTheLast) {
  TimeIntegral served{Seconds{0}, 1};
  served.set(Seconds{5}, 0.5);
  served.set(Seconds{5}, 0);
  served.advance(Seconds{9});
  EXPECT_EQ(served.integral(), 5);
}

}  // namespace
}  // namespace outagesim

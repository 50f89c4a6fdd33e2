// The chain of one queue with retries against closed forms of M/M/1/K, and what
// it says of collapse.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "models/analysis/retry_chain.h"

namespace outagesim {
namespace {

TEST(RetryChain, WithoutRetriesItsGapIsThatOfMM1K) {
  RetryChain chain;
  chain.offered = {0.7};
  chain.room = 20;
  const double known =
      0.7 + 1 - 2 * std::sqrt(0.7) * std::cos(std::numbers::pi / 21);
  EXPECT_NEAR(solve(chain).gap.value, known, 1e-8);
}

// Mean first passage of M/M/1 from empty to n: sum over levels.
TEST(RetryChain, WithoutRetriesTheEscapeIsAFirstPassage) {
  RetryChain chain;
  chain.offered = {0.7};
  chain.timeout = {6};
  chain.room = 20;
  const double l = 0.7, m = 1;
  double known = 0, up = 1 / l;  // from 0 to 1
  for (int n = 0; n < 10; ++n) {
    known += up;
    up = (1 + m * up) / l;  // from n + 1 to n + 2
  }
  EXPECT_NEAR(solve(chain).escape.value, known, 1e-6 * known);
}

TEST(RetryChain, TimeoutsAreErlangsTail) {
  EXPECT_NEAR(timeout_probability(0, 3), std::exp(-3), 1e-15);
  EXPECT_NEAR(timeout_probability(2, 3), std::exp(-3) * (1 + 3 + 4.5), 1e-15);
}

RetryChain retrying(double load, double in_time) {
  RetryChain chain;
  chain.offered = {load * in_time};
  chain.capacity = {in_time};
  chain.timeout = {1};
  chain.attempts = 3;
  chain.room = static_cast<std::uint32_t>(4 * in_time);
  chain.retrying = static_cast<std::uint32_t>(4 * in_time);
  return chain;
}

// Below 1 / r the collapse dissolves soon; above it lasts ever longer, and so
// does the good state, in the number of requests in flight.
TEST(RetryChain, BothStatesLastExponentiallyLong) {
  const RetryChainAnswer small = solve(retrying(0.5, 6));
  const RetryChainAnswer large = solve(retrying(0.5, 12));
  EXPECT_GT(large.escape / small.escape, 3);
  EXPECT_GT(large.recovery / small.recovery, 2);
  EXPECT_LT(large.gap.value, small.gap.value);
  EXPECT_LT(solve(retrying(0.2, 12)).recovery.value, 20);
}

// A queue that holds less than can be served in time is never late.
TEST(RetryChain, WithoutRoomForATimeoutItNeverEscapes) {
  RetryChain chain = retrying(0.5, 10);
  for (const std::uint32_t room : {2U, 5U, 10U}) {
    chain.room = room;
    EXPECT_EQ(solve(chain).escape, kForever) << room;
  }
  chain.room = 12;  // the escape is reached between 10 and 12
  EXPECT_LT(solve(chain).escape, kForever);
}

}  // namespace
}  // namespace outagesim

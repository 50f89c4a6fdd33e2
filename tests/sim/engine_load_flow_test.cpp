// Load as a fluid against closed forms: build-up and drain, the thresholds of
// collapse with time-outs and retries, and what ends it.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/load_fixture.h"

namespace outagesim {
namespace {

constexpr double kRate = 1000;   // capacity of the queue a second
constexpr double kPatience = 1;  // s

// Runs 100 s of peace, a stall, and 400 s more; whether it serves again.
bool heals(const OneQueue& queue, double stall) {
  const LoadNet net = net_of(queue);
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 100);
  set_capacity(load, 0);
  run_to(load, 100 + stall);
  set_capacity(load, 1);
  run_to(load, 500 + stall);
  return load.streams[0].success > 0.99;
}

OneQueue retrying(double rho, std::uint32_t attempts, double backoff = 0) {
  OneQueue queue{rho * kRate, kRate, kPatience};
  queue.retry.attempts = attempts;
  queue.retry.backoff = {backoff};
  return queue;
}

// The shortest stall that does not heal, in units of the time-out.
double threshold(const OneQueue& queue) {
  double low = 0, high = 10;
  while (high - low > 1e-4) {
    const double middle = (low + high) / 2;
    (heals(queue, middle) ? low : high) = middle;
  }
  return high;
}

TEST(LoadFlow, AQueueBuildsUpAndDrainsAtKnownTimes) {
  const LoadNet net = net_of({50, 100});
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 10);
  EXPECT_EQ(load.stations[0].queue, 0);
  set_capacity(load, 0.2);  // serves 20 of 50 a second
  run_to(load, 17);
  EXPECT_NEAR(load.stations[0].queue, 30 * 7, 1e-9);
  set_capacity(load, 1);
  // Drains at 50 a second: 210 / 50 = 4.2 s.
  EXPECT_NEAR(next_load_event(load).value, 17 + 4.2, 1e-9);
  run_to(load, 17 + 4.2 + 1e-6);
  EXPECT_EQ(load.stations[0].queue, 0);
}

TEST(LoadFlow, AFullQueueRefusesWhatIsTooMuch) {
  OneQueue queue{150, 100};
  queue.room = 200;
  const LoadNet net = net_of(queue);
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  EXPECT_NEAR(next_load_event(load).value, 200 / 50.0, 1e-9);
  run_to(load, 10);
  EXPECT_NEAR(load.stations[0].queue, 200, 1e-9);
  EXPECT_NEAR(load.streams[0].success, 100 / 150.0, 1e-9);
  EXPECT_NEAR(mean_latency(load, 0).value, 2 + 0.01,
              1e-6);  // its age, and work
}

// l (1 - φ^r) = m: what is served in the end is the capacity.
TEST(LoadFlow, RefusalsAreRetriedUntilTheAttemptsAreUsedUp) {
  OneQueue queue{150, 100};
  queue.room = 200;
  queue.retry.attempts = 3;
  const LoadNet net = net_of(queue);
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 100);
  const double phi = load.streams[0].refused;
  EXPECT_NEAR(150 * (1 - std::pow(phi, 3)), 100, 1e-6);
  EXPECT_NEAR(load.stations[0].arriving, 150 * (1 + phi + phi * phi), 1e-6);
  EXPECT_NEAR(load.streams[0].success, 100 / 150.0, 1e-9);
}

TEST(LoadFlow, AStallShorterThanTheTimeoutCausesNothing) {
  EXPECT_TRUE(heals(retrying(0.9, 3), 0.999));
}

// The shortest stall that does not heal: seen request by request (r = 3,
// b = 0) at 1.98 T, 1.77 T, 1.31 T and 1.06 T; back-off T raises 1.31 to 1.62.
TEST(LoadFlow, TheTriggerThatDoesNotHealIsAsLongAsRequestsSay) {
  EXPECT_NEAR(threshold(retrying(0.34, 3)), 1.98, 0.02);
  EXPECT_NEAR(threshold(retrying(0.40, 3)), 1.77, 0.02);
  EXPECT_NEAR(threshold(retrying(0.60, 3)), 1.31, 0.02);
  EXPECT_NEAR(threshold(retrying(0.80, 3)), 1.06, 0.02);
  EXPECT_NEAR(threshold(retrying(0.60, 3, kPatience)), 1.62, 0.02);
}

TEST(LoadFlow, CollapseLastsExactlyAboveOneOverTheAttempts) {
  for (const std::uint32_t attempts : {2U, 3U, 5U}) {
    const double critical = 1.0 / attempts;
    EXPECT_TRUE(heals(retrying(critical * 0.95, attempts), 5)) << attempts;
    EXPECT_FALSE(heals(retrying(critical * 1.05, attempts), 5)) << attempts;
  }
}

TEST(LoadFlow, ABudgetRaisesTheThresholdToOneOverOnePlusIt) {
  OneQueue queue = retrying(0.95 / 1.1, 3);
  queue.retry.budget = Fraction{0.1};
  EXPECT_TRUE(heals(queue, 5));
  queue.offered = 0.95 * kRate;
  EXPECT_FALSE(heals(queue, 5));
}

TEST(LoadFlow, AQueueShorterThanThePatienceNeverCollapses) {
  OneQueue queue = retrying(0.8, 3);
  queue.room = 0.99 * kRate * kPatience;
  EXPECT_TRUE(heals(queue, 20));
  queue.room = 1.5 * kRate * kPatience;
  EXPECT_FALSE(heals(queue, 20));
}

TEST(LoadFlow, DroppingExpiredWorkHeals) {
  LoadNet net = net_of(retrying(0.8, 3));
  net.stations[0].drops_expired = true;
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  set_capacity(load, 0);
  run_to(load, 20);
  set_capacity(load, 1);
  run_to(load, 60);
  EXPECT_GT(load.streams[0].success, 0.99);
}

// A restart clears the queue, not the retries that are under way: enough
// where r × rho <= 2.
TEST(LoadFlow, ARestartEndsACollapse) {
  const LoadNet net = net_of(retrying(0.6, 3));
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  set_capacity(load, 0);
  run_to(load, 20);
  set_capacity(load, 1);
  run_to(load, 200);
  ASSERT_EQ(load.streams[0].success, 0);
  flush_station(load, 0);
  refresh_load(load);
  run_to(load, 260);
  EXPECT_GT(load.streams[0].success, 0.99);
}

TEST(LoadFlow, MostTransientsTakeFewEvents) {
  const LoadNet net = net_of(retrying(0.3, 3));
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  set_capacity(load, 0);
  run_to(load, 20);
  set_capacity(load, 1);
  run_to(load, 1000);
  EXPECT_GT(load.streams[0].success, 0.99);
  EXPECT_LT(load.events, 120U);
}

TEST(LoadFlow, PriorityIsServedFirstWhenLoadIsShed) {
  LoadNet net = net_of({80, 100});
  net.stations[0].room = 50;
  net.stations[0].sheds = true;
  net.stations[0].streams = 2;
  net.streams.push_back(net.streams[0]);
  net.streams[1].priority = 1;
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 60);
  EXPECT_NEAR(load.streams[1].success, 1, 1e-9);
  EXPECT_NEAR(load.streams[0].success, 20 / 80.0, 1e-9);
}

TEST(LoadFlow, ScaleOutComesAfterItsDelayUpToItsCeiling) {
  LoadNet net = net_of({150, 100});
  net.stations[0].scale_out = ScaleOut{{0.8}, {300}, 1.6};
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 299);
  EXPECT_NEAR(load.stations[0].queue, 50 * 299, 1e-6);
  run_to(load, 301);
  EXPECT_NEAR(load.stations[0].capacity, 160, 1e-9);
  // The backlog of 15,000 drains at 10 a second.
  run_to(load, 300 + 1501);
  EXPECT_EQ(load.stations[0].queue, 0);
}

TEST(LoadFlow, ARateLimitRefusesTheRest) {
  LoadNet net = net_of({150, 1000});
  net.stations[0].limit = {120};
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  EXPECT_NEAR(load.streams[0].success, 120 / 150.0, 1e-12);
}

TEST(LoadFlow, AColdCacheFillsByWhatIsFetched) {
  LoadNet net = net_of({1000, 600});
  net.stations[0].room = 100;
  net.streams[0].is_cached = true;
  net.streams[0].hits = {0.9};
  net.streams[0].entries = 60'000;
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 10);
  EXPECT_NEAR(load.stations[0].arriving, 100, 1e-9);
  load.streams[0].cache_is_lost = true;
  mark_dirty(load, 0);
  refresh_load(load);
  run_to(load, 20);
  EXPECT_NEAR(load.stations[0].arriving, 1000, 1e-9);
  EXPECT_NEAR(load.streams[0].success, 0.6, 1e-9);
  load.streams[0].cache_is_lost = false;
  mark_dirty(load, 0);
  refresh_load(load);
  // 600 entries a second; what is asked falls to the capacity once 4/9 of the
  // cache is full, after 44.4 s.
  run_to(load, 20 + 43);
  EXPECT_GT(load.streams[0].refused, 0);
  run_to(load, 20 + 46);
  EXPECT_NEAR(load.streams[0].refused, 0, 1e-9);
}

// Closed, open for 30 s after the share in the window has reached one half,
// half-open for a window, and open again as long as calls fail.
TEST(LoadFlow, ABreakerGoesThroughItsStates) {
  OneQueue queue{100, 1000, 1};
  LoadNet net = net_of(queue);
  net.streams[0].breaker = Breaker{{0.5}, {10}, {30}, {0.05}};
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 20);
  load.stations[0].in.failing = 1;  // every answer is an error
  mark_dirty(load, 0);
  refresh_load(load);
  EXPECT_NEAR(next_load_event(load).value, 20 + 5, 1e-6);
  run_to(load, 24.9);
  EXPECT_EQ(load.streams[0].breaker, BreakerState::kClosed);
  run_to(load, 25.1);
  EXPECT_EQ(load.streams[0].breaker, BreakerState::kOpen);
  EXPECT_EQ(load.stations[0].arriving, 0);
  run_to(load, 55.1);
  EXPECT_EQ(load.streams[0].breaker, BreakerState::kHalfOpen);
  EXPECT_NEAR(load.stations[0].arriving, 5, 1e-9);
  run_to(load, 65.1);
  EXPECT_EQ(load.streams[0].breaker, BreakerState::kOpen);
  load.stations[0].in.failing = 0;
  mark_dirty(load, 0);
  refresh_load(load);
  run_to(load, 95.1);
  EXPECT_EQ(load.streams[0].breaker, BreakerState::kHalfOpen);
  run_to(load, 105.1);
  EXPECT_EQ(load.streams[0].breaker, BreakerState::kClosed);
  EXPECT_NEAR(load.streams[0].success, 1, 1e-9);
}

}  // namespace
}  // namespace outagesim

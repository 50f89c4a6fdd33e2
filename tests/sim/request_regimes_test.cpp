// The regimes of overload request by request: what the flow says of them holds
// where requests arrive and are served at random (docs/overload.md).
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/request/compare_fidelity.h"
#include "sim/stats/moments.h"
#include "tests/sim/load_fixture.h"

namespace outagesim {
namespace {

const std::vector<Clock> kNoClocks;

LoadInputStep with_capacity(double at, double share) {
  LoadInputStep step;
  step.at = {at};
  step.station = 0;
  step.input.capacity = share;
  return step;
}

LoadInputStep with_errors(double at, double share) {
  LoadInputStep step = with_capacity(at, 1);
  step.input.errors = share;
  return step;
}

RequestResult simulate(const LoadNet& net,
                       const std::vector<LoadInputStep>& inputs, double to,
                       std::uint64_t seed, double bin = 5) {
  RequestWindow window;
  window.to = {to};
  window.bin = {bin};
  window.seed = seed;
  return simulate_requests(net, kNoClocks, inputs, window);
}

bool serves_in_the_end(const RequestResult& result) {
  return served_share(result.streams[0].back()) > 0.9;
}

// Time-outs of 1 s, a stall from 10 s on, and much time to heal.
bool heals(const LoadNet& net, double stall, std::uint64_t seed) {
  return serves_in_the_end(simulate(
      net, {with_capacity(10, 0), with_capacity(10 + stall, 1)}, 200, seed));
}

OneQueue retrying(double rho, double capacity, std::uint32_t attempts) {
  OneQueue queue{rho * capacity, capacity, 1};
  queue.retry.attempts = attempts;
  return queue;
}

TEST(RequestRegimes, CollapseLastsAboveOneOverTheAttempts) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    EXPECT_TRUE(heals(net_of(retrying(0.30, 500, 3)), 5, seed)) << seed;
    EXPECT_FALSE(heals(net_of(retrying(0.36, 500, 3)), 5, seed)) << seed;
  }
}

// The lengths that the flow gives, 1.77 T, 1.31 T, 1.06 T, within the band of
// their width at 1,000 requests a time-out, ± 1.5 / √1000, and a little more.
TEST(RequestRegimes, AStallStaysFromTheLengthThatTheFlowGives) {
  const double rhos[] = {0.4, 0.6, 0.8}, lengths[] = {1.77, 1.31, 1.06};
  for (int i = 0; i < 3; ++i) {
    const LoadNet net = net_of(retrying(rhos[i], 1000, 3));
    for (const std::uint64_t seed : {1U, 2U}) {
      EXPECT_TRUE(heals(net, 0.93 * lengths[i], seed)) << rhos[i];
      EXPECT_FALSE(heals(net, 1.07 * lengths[i], seed)) << rhos[i];
    }
  }
}

TEST(RequestRegimes, BackOffAsLongAsPatienceRaisesIt) {
  OneQueue queue = retrying(0.6, 1000, 3);
  queue.retry.backoff = {1};
  EXPECT_TRUE(heals(net_of(queue), 0.93 * 1.62, 1));
  EXPECT_FALSE(heals(net_of(queue), 1.07 * 1.62, 1));
}

TEST(RequestRegimes, JitterLeavesTheThresholdWhereItIs) {
  for (const double rho : {0.30, 0.37}) {
    OneQueue queue = retrying(rho, 500, 3);
    queue.retry.backoff = {0.1};
    queue.retry.jitter = {0.5};
    EXPECT_EQ(heals(net_of(queue), 5, 1), rho < 1.0 / 3) << rho;
  }
}

TEST(RequestRegimes, ABudgetRaisesItToOneOverOnePlusIt) {
  for (const double rho : {0.61, 0.73}) {
    OneQueue queue = retrying(rho, 500, 3);
    queue.retry.budget = Fraction{0.5};
    EXPECT_EQ(heals(net_of(queue), 5, 1), rho < 1 / 1.5) << rho;
  }
}

TEST(RequestRegimes, AShortQueueDroppedWorkAndABreakerEndACollapse) {
  OneQueue queue = retrying(0.8, 500, 3);
  EXPECT_FALSE(heals(net_of(queue), 5, 1));
  LoadNet dropping = net_of(queue);
  dropping.stations[0].drops_expired = true;
  EXPECT_TRUE(heals(dropping, 5, 1));
  LoadNet broken = net_of(queue);
  broken.streams[0].breaker = Breaker{{0.5}, {5}, {10}, {0.05}};
  EXPECT_TRUE(heals(broken, 5, 1));
  queue.room = 0.9 * 500;
  EXPECT_TRUE(heals(net_of(queue), 5, 1));
}

// Given up for good by the flow after a stall of 3 T at two attempts and 40 %:
// who first calls in the 7 T until what was called T ago is served in time, so
// 0.4 × 7 = 2.8 m T.
double lost_by_flow(const LoadNet& net) {
  constexpr double kStep = 0.001;
  LoadState load(net, kNoClocks);
  reset_load(load, {0});
  run_to(load, 10);
  set_capacity(load, 0);
  double gone = 0;
  for (int i = 1; i <= 90'000; ++i) {
    run_to(load, 10 + i * kStep);
    gone += load.streams[0].gone * kStep;
    if (i == 3000) set_capacity(load, 1);
  }
  EXPECT_EQ(load.streams[0].success, 1);
  return gone;
}

// Few requests lose more, and more requests what the flow does.
TEST(RequestRegimesStatistics, LoseAsMuchAsTheFlowInACaseThatHeals) {
  const double capacity = 1000;
  const LoadNet net = net_of(retrying(0.4, capacity, 2));
  const double gone = lost_by_flow(net);
  EXPECT_NEAR(gone / capacity, 2.8, 0.005);
  Mean lost;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const RequestResult result =
        simulate(net, {with_capacity(10, 0), with_capacity(13, 1)}, 100, seed);
    double calls = 0;
    for (const StreamBin& bin : result.streams[0]) calls += bin.gone;
    lost.add(calls);
  }
  const double error = std::sqrt(lost.variance() / double(lost.n));
  RecordProperty("requests", std::to_string(lost.mean() / capacity));
  RecordProperty("error", std::to_string(error / capacity));
  EXPECT_NEAR(lost.mean(), gone, 4 * error);
  EXPECT_LT(error, 0.03 * gone);
}

// n0 = m T (1 - rho): with 4 the good state ends by itself, within 125 T in
// the mean; with 10 it was never seen to, in 3,000 T.
TEST(RequestRegimesStatistics, FewInFlightCollapseWithoutATrigger) {
  int collapsed = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const LoadNet few = net_of(retrying(0.6, 10, 3));
    const LoadNet more = net_of(retrying(0.6, 25, 3));
    collapsed += serves_in_the_end(simulate(few, {}, 1500, seed, 50)) ? 0 : 1;
    if (seed > 3) continue;
    EXPECT_TRUE(serves_in_the_end(simulate(more, {}, 3000, seed, 50))) << seed;
  }
  EXPECT_GE(collapsed, 8);
}

// What every answer being an error does to a breaker, second by second: closed
// until half of ten seconds failed, open for thirty, a twentieth let through
// for ten, open again, and closed once trying went well.
TEST(RequestBreaker, GoesThroughItsStatesOnAScriptedTrace) {
  LoadNet net = net_of({200, 1000, 1});
  net.streams[0].breaker = Breaker{{0.5}, {10}, {30}, {0.05}};
  const RequestResult result =
      simulate(net, {with_errors(20, 1), with_errors(70, 0)}, 120, 1, 1);
  const auto arrived = [&](std::size_t from, std::size_t to) {
    double calls = 0;
    for (std::size_t t = from; t < to; ++t) {
      calls += result.stations[0][t].arrived;
    }
    return calls / double(to - from);
  };
  EXPECT_NEAR(arrived(0, 24), 200, 4 * std::sqrt(200.0 / 24));
  EXPECT_EQ(arrived(26, 54), 0);
  EXPECT_NEAR(arrived(56, 64), 10, 4 * std::sqrt(10.0 / 8));
  EXPECT_EQ(arrived(67, 94), 0);
  EXPECT_NEAR(arrived(97, 104), 10, 4 * std::sqrt(10.0 / 7));
  EXPECT_NEAR(arrived(108, 120), 200, 4 * std::sqrt(200.0 / 12));
}

// Station `id` calls the next, in a chain of three; the last fails every call.
LoadNet three_layers(std::uint32_t attempts) {
  LoadNet net;
  for (std::uint32_t id = 0; id < 3; ++id) {
    LoadNet one = net_of(retrying(0.001, 1e5, attempts));
    one.stations[0].first_stream = id;
    CallStream& stream = one.streams[0];
    stream.station = id;
    if (id > 0) {
      stream.offered = {0};
      stream.timeout = {kNoBound};
      stream.first_caller = id - 1;
      stream.callers = 1;
      net.callers.push_back({id - 1, 1, kNone, 0});
      net.callees.back().push_back(id);
    } else {
      stream.timeout = {kNoBound};
    }
    net.stations.push_back(one.stations[0]);
    net.streams.push_back(stream);
    net.callees.emplace_back();
  }
  return net;
}

TEST(RequestLayers, MultiplyAttemptsExactly) {
  for (const std::uint32_t attempts : {1U, 2U, 3U}) {
    LoadInputStep fails = with_errors(0, 1);
    fails.station = 2;
    const RequestResult result =
        simulate(three_layers(attempts), {fails}, 50, 1, 50);
    const double calls = result.streams[0][0].gone;
    EXPECT_GT(calls, 1000);
    // At the window's end a few are under way.
    EXPECT_NEAR(result.stations[2][0].arrived / calls, std::pow(attempts, 3),
                0.02)
        << attempts;
  }
}

}  // namespace
}  // namespace outagesim

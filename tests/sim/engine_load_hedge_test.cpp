// Hedged calls and flushed queues against closed forms, by both fidelities.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/request/compare_fidelity.h"
#include "sim/stats/moments.h"
#include "tests/sim/engine_fixture.h"
#include "tests/sim/load_fixture.h"

namespace outagesim {
namespace {

// Of M/M/c: the share of requests that take longer than `d`, in the sum of a
// wait, which is exponential for those who have one, and exponential work.
double slower_than(double d, double arrivals, double capacity, int c) {
  const double mu = capacity / c, a = arrivals / mu;
  double term = 1, sum = 0;
  for (int n = 0; n < c; term *= a / ++n) sum += term;
  const double queued = term * c / (c - a);
  const double waits = queued / (sum + queued);  // Erlang C
  const double drains = capacity - arrivals;
  const double both =
      (mu * std::exp(-drains * d) - drains * std::exp(-mu * d)) / (mu - drains);
  return (1 - waits) * std::exp(-mu * d) + waits * both;
}

LoadNet hedged(const OneQueue& queue, int servers, double delay) {
  LoadNet net = net_of(queue);
  net.stations[0].at_once = static_cast<std::uint32_t>(servers);
  net.streams[0].hedge = {delay};
  return net;
}

TEST(HedgedCalls, AddTheShareThatTakesLongerThanTheDelay) {
  for (const int servers : {1, 4, 16}) {
    const double delay = 0.004 * servers;
    const LoadNet net = hedged({500, 1000, 5}, servers, delay);
    const std::vector<Clock> clocks;
    LoadState load(net, clocks);
    reset_load(load, {0});
    run_to(load, 50);
    const double total = load.stations[0].admitted;
    const double more = (total - 500) / 500;
    EXPECT_GT(more, 0.01);
    EXPECT_NEAR(more, slower_than(delay, total, 1000, servers), 1e-8);
    EXPECT_NEAR(load.streams[0].success, 1, 1e-9);
  }
}

// Behind a backlog that is longer than the delay all calls are made twice: of
// 600 a second that are 1,200 at 1,000 that can be served, for good.
TEST(HedgedCalls, KeepACollapseAliveAboveHalfTheCapacity) {
  const std::vector<Clock> clocks;
  for (const double rho : {0.4, 0.6}) {
    const LoadNet net = hedged({rho * 1000, 1000, 1}, 16, 0.2);
    LoadState load(net, clocks);
    reset_load(load, {0});
    run_to(load, 100);
    EXPECT_NEAR(load.streams[0].success, 1, 1e-9);
    set_capacity(load, 0);
    run_to(load, 105);
    set_capacity(load, 1);
    run_to(load, 110);
    EXPECT_NEAR(load.streams[0].hedges, rho * 1000, 1e-6);
    run_to(load, 400);
    EXPECT_NEAR(load.streams[0].success, rho < 0.5 ? 1 : 0, 1e-9) << rho;
  }
}

// With a server for everyone nothing waits: a copy is made of exp(-d/s), and
// the first of the two answers comes after s (1 - exp(-d/s) / 2) in the mean.
TEST(HedgedCallsStatistics, RequestsTakeTheFirstOfTwoAnswers) {
  constexpr double kWork = 0.1, kDelay = 0.15;
  OneQueue queue{100, 400 / kWork, 10};
  const LoadNet net = hedged(queue, 400, kDelay);
  RequestWindow window;
  window.from = {10};
  window.to = {10 + 400 * 10};
  window.bin = {10};
  const std::vector<Clock> clocks;
  const std::vector<LoadInputStep> inputs;
  const RequestResult result = simulate_requests(net, clocks, inputs, window);
  Mean copies, latency;
  for (std::size_t i = 0; i < result.stations[0].size(); ++i) {
    const StreamBin& calls = result.streams[0][i];
    copies.add(result.stations[0][i].arrived / calls.fresh - 1);
    latency.add(calls.latency / calls.good);
  }
  const double beyond = std::exp(-kDelay / kWork);
  const auto error = [](const Mean& mean) {
    return std::sqrt(mean.variance() / double(mean.n));
  };
  EXPECT_NEAR(copies.mean(), beyond, 4 * error(copies));
  EXPECT_LT(error(copies), 0.01 * beyond);
  EXPECT_NEAR(latency.mean(), kWork * (1 - beyond / 2), 4 * error(latency));
  EXPECT_LT(error(latency), 0.01 * kWork);
}

// The flow says the same of them: s (1 - exp(-d/s) / 2), and of those still
// waiting after d two in a row.
TEST(HedgedCalls, AnswerAsTheFirstOfTwo) {
  constexpr double kWork = 0.1, kDelay = 0.15;
  const LoadNet net = hedged({100, 400 / kWork, 10}, 400, kDelay);
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 50);
  const double beyond = std::exp(-kDelay / kWork);
  EXPECT_NEAR(mean_latency(load, 0).value, kWork * (1 - beyond / 2), 1e-9);
  // exp(-t/s) exp(-(t - d)/s) = 1 - p
  EXPECT_NEAR(latency_quantile(load, 0, {0.99}).value,
              (kDelay - kWork * std::log(0.01)) / 2, 1e-9);
}

// Few wait. Where many do, copies come in bursts, and the flow tells too
// little: 5 % of the mean at 8 servers of which 47 % work.
TEST(HedgedCallsStatistics, FlowAndRequestsTakeAsLong) {
  const LoadNet net = hedged({400, 1000, 5}, 16, 0.03);
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 50);
  RequestWindow window;
  window.from = {10};
  window.to = {210};
  const std::vector<LoadInputStep> inputs;
  const RequestResult result = simulate_requests(net, clocks, inputs, window);
  const double mean = result.latency[0].mean().value;
  EXPECT_NEAR(mean_latency(load, 0).value, mean, 0.03 * mean);
  const double late = result.latency[0].quantile({0.99}).value;
  EXPECT_NEAR(latency_quantile(load, 0, {0.99}).value, late, 0.05 * late);
}

// At 60 % all would be copied behind a backlog, 120 %, for good; a budget of
// 10 % leaves 66 %.
TEST(HedgedCalls, ArePaidForOutOfTheRetryBudget) {
  LoadNet net = hedged({600, 1000, 1}, 16, 0.2);
  net.streams[0].retry.budget = Fraction{0.1};
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  run_to(load, 100);
  set_capacity(load, 0);
  run_to(load, 105);
  set_capacity(load, 1);
  run_to(load, 108);
  EXPECT_NEAR(load.streams[0].hedges, 60, 1e-6);
  run_to(load, 400);
  EXPECT_NEAR(load.streams[0].success, 1, 1e-9);
}

// A service that is overloaded for good: all calls want a copy, one in ten
// gets one. The share of copies is a binomial's.
TEST(HedgedCallsStatistics, RequestsPayForCopiesOutOfTheBudgetToo) {
  LoadNet net = hedged({300, 100, 5}, 1, 0.2);
  net.stations[0].room = 400;
  net.streams[0].retry.budget = Fraction{0.1};
  RequestWindow window;
  window.from = {100};
  window.to = {300};
  window.bin = {200};
  const std::vector<Clock> clocks;
  const std::vector<LoadInputStep> inputs;
  const RequestResult result = simulate_requests(net, clocks, inputs, window);
  const double calls = result.streams[0][0].fresh;
  const double more = result.stations[0][0].arrived / calls - 1;
  EXPECT_LT(more, 0.1 + 4 * std::sqrt(0.1 / calls));
  EXPECT_GT(more, 0.09);
}

// Nothing is left of the collapse, though r × rho = 2.7 is above 2, where a
// restart that leaves callers their retries does not help.
TEST(FlushedQueues, LeaveAServiceAsAtRest) {
  OneQueue queue{900, 1000, 1};
  queue.retry.attempts = 3;
  const LoadNet net = net_of(queue);
  const std::vector<Clock> clocks;
  LoadState load(net, clocks);
  reset_load(load, {0});
  set_capacity(load, 0);
  run_to(load, 20);
  set_capacity(load, 1);
  run_to(load, 200);
  ASSERT_NEAR(load.streams[0].success, 0, 1e-9);
  flush_calls(load, 0);
  refresh_load(load);
  EXPECT_EQ(load.stations[0].queue, 0);
  EXPECT_NEAR(load.stations[0].arriving, 900, 1e-9);
  EXPECT_NEAR(load.streams[0].success, 1, 1e-9);
  run_to(load, 300);
  EXPECT_NEAR(load.streams[0].success, 1, 1e-9);
  EXPECT_NEAR(load.stations[0].served, 900, 1e-9);
}

constexpr const char* kCollapse = R"(
[scenario]
start = 2025-03-03T10:00:00Z
horizon = "1 h"
[service.db]
serves = { capacity = "1000 /s" }
[service.shop]
kind = "product"
offers = { rate = "600 /s", timeout = "10 s" }
needs.db = { timeout = "1 s", retry = { attempts = 3, backoff = "100 ms" } }
[fault.stall]
at = "2 min"
where = "db"
effect = { health = "0 %" }
ends = "5 s"
[fault.collapse]
when = "shop < 50 % for 1 min"
where = "shop"
effect = { load = 1 }
ends = "40 min"
[response.collapse]
detect = "1 min"
[remedy.flush]
for = "collapse"
first = "1 min"
does = { flush = "db" }
)";

TEST(FlushedQueues, EndALastingCollapseByBothFidelities) {
  const Model model = model_of(kCollapse);
  RequestWindow window;
  window.from = {60};
  window.to = {480};
  window.bin = {2};
  const FidelityComparison result = compare_fidelity(model, 0, window);
  const StreamComparison& shop = result.streams.at(0);
  EXPECT_LT(shop.difference, 0.02);
  EXPECT_NEAR(shop.flow_onset, 120, 2);
  // It begins 1 min after the onset, is noticed 1 min later, and ended after
  // another.
  EXPECT_NEAR(shop.flow_recovery, 120 + 180, 4);
  EXPECT_NEAR(shop.request_recovery, shop.flow_recovery, 0.05 * 180);
}

}  // namespace
}  // namespace outagesim

// What services do about more than they can serve, request by request: shed by
// priority, limit, warm up; in closed form where there is one.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/request/compare_fidelity.h"
#include "tests/sim/engine_fixture.h"
#include "tests/sim/load_fixture.h"

namespace outagesim {
namespace {

// From 20 s on, in one bin of 200 s.
RequestResult simulate(const LoadNet& net) {
  const std::vector<Clock> clocks;
  const std::vector<LoadInputStep> inputs;
  RequestWindow window;
  window.from = {20};
  window.to = {220};
  window.bin = {200};
  return simulate_requests(net, clocks, inputs, window);
}

double good_share(const RequestResult& result, std::size_t stream) {
  const StreamBin& bin = result.streams[stream][0];
  return bin.good / bin.fresh;
}

// 80 a second of each for 100: the higher priority is served whole, but for the
// moments at which nobody of the lower is left in the queue.
TEST(RequestDoors, ShedTheLowerPriorityFirst) {
  LoadNet net = net_of({80, 100});
  net.stations[0].room = 50;
  net.stations[0].sheds = true;
  net.stations[0].streams = 2;
  net.streams.push_back(net.streams[0]);
  net.streams[1].priority = 1;
  const RequestResult result = simulate(net);
  EXPECT_GT(good_share(result, 1), 0.97);
  EXPECT_NEAR(good_share(result, 0), 20.0 / 80, 0.03);
}

TEST(RequestDoors, RefuseWhatGoesBeyondTheRateLimit) {
  LoadNet net = net_of({150, 1000});
  net.stations[0].limit = {120};
  const double calls = 150 * 200.0;
  EXPECT_NEAR(good_share(simulate(net), 0), 120.0 / 150,
              4 * std::sqrt(1 / calls));
}

// A tenth of the calls reach the station once the cache is warm.
TEST(RequestDoors, ACacheAnswersItsShareOfHits) {
  LoadNet net = net_of({1000, 600});
  net.streams[0].is_cached = true;
  net.streams[0].hits = {0.9};
  net.streams[0].entries = 1000;
  const RequestResult result = simulate(net);
  const double calls = result.streams[0][0].fresh;
  EXPECT_NEAR(result.stations[0][0].arrived / calls, 0.1,
              4 * std::sqrt(0.1 * 0.9 / calls));
}

// The restart is linear from 11 to 21 min: half-way, 500 of 600 are served.
TEST(WarmUp, ServesWithTheCapacityThatTheRestartHasReached) {
  const Model model = model_of(R"(
[scenario]
start = 2025-03-03T10:00:00Z
horizon = "1 h"
[service.db]
serves = { capacity = "1000 /s", queue = 10 }
restart = { takes = "10 min", shape = "linear" }
[service.shop]
kind = "product"
offers = { rate = "600 /s", timeout = "10 s" }
needs.db = { timeout = "1 s" }
[fault.dies]
at = "10 min"
where = "db"
ends = "1 min"
)");
  RequestWindow window;
  window.from = {9 * 60};
  window.to = {25 * 60};
  window.bin = {10};
  const FidelityComparison result = compare_fidelity(model, 0, window);
  const std::uint32_t shop = result.streams.at(0).stream;
  const auto at = [&](const std::vector<StreamBin>& bins, double minute) {
    const double bin = (minute * 60 - window.from.value) / 10;
    return served_share(bins[static_cast<std::size_t>(bin)]);
  };
  for (const auto* bins :
       {&result.flow[shop], &result.requests.streams[shop]}) {
    EXPECT_NEAR(at(*bins, 9.5), 1, 0.01);
    EXPECT_LT(at(*bins, 10.5), 0.01);
    EXPECT_NEAR(at(*bins, 16), 500.0 / 600, 0.05);
    EXPECT_NEAR(at(*bins, 23), 1, 0.01);
  }
}

}  // namespace
}  // namespace outagesim

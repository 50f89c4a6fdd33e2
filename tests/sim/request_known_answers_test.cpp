// The request fidelity against queueing theory, within four standard errors of
// batch means.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/request/request_sim.h"
#include "sim/stats/moments.h"
#include "tests/sim/load_fixture.h"

namespace outagesim {
namespace {

// 400 batches of 250 s after a warm-up of as much, at 10 requests a second.
RequestResult simulate(const LoadNet& net, bool patience_varies = false) {
  const std::vector<Clock> clocks;
  RequestWindow window;
  window.from = {250};
  window.to = {250 + 400 * 250};
  window.bin = {250};
  window.seed = 11;
  window.patience_varies = patience_varies;
  std::vector<LoadInputStep> inputs;
  return simulate_requests(net, clocks, inputs, window);
}

template <class Value>
void expect_batches_near(const RequestResult& result, double known,
                         Value value) {
  Mean mean;
  for (const StationBin& bin : result.stations[0]) mean.add(value(bin));
  const double error = std::sqrt(mean.variance() / double(mean.n));
  EXPECT_GT(error, 0);
  EXPECT_NEAR(mean.mean(), known, 4 * error);
  EXPECT_LT(error, 0.02 * known);  // and not trivially so
}

double refused_share(const StationBin& bin) {
  return bin.refused / bin.arrived;
}
double mean_wait(const StationBin& bin) { return bin.waited / bin.begun; }

// M/M/c/K: probability that all K places are taken.
double loss(double a, int c, int k) {
  double weight = 1, total = 1, last = 1;
  for (int n = 1; n <= k; ++n) {
    weight *= a / std::min(n, c);
    total += weight;
    last = weight;
  }
  return last / total;
}

TEST(RequestStatistics, OneServerWithKPlacesLosesAsTheorySays) {
  OneQueue queue{10, 12.5};
  queue.room = 5;
  expect_batches_near(simulate(net_of(queue)), loss(0.8, 1, 5), refused_share);
}

TEST(RequestStatistics, SeveralServersWithKPlacesLoseAsTheorySays) {
  OneQueue queue{10, 12.5};
  queue.room = 10;
  LoadNet net = net_of(queue);
  net.stations[0].at_once = 4;
  expect_batches_near(simulate(net), loss(0.8 * 4, 4, 10), refused_share);
}

// Erlang A: those who give up leave, after exponential patience.
TEST(RequestStatistics, ImpatienceIsErlangA) {
  LoadNet net = net_of({10, 11, 0.5});
  net.stations[0].at_once = 3;
  net.stations[0].drops_expired = true;
  const double lambda = 10, mu = 11.0 / 3, theta = 1 / 0.5;
  double weight = 1, total = 1, leaving = 0;
  for (int n = 1; n < 200; ++n) {
    const double out = std::min(n, 3) * mu + std::max(0, n - 3) * theta;
    weight *= lambda / out;
    total += weight;
    leaving += weight * std::max(0, n - 3) * theta;
  }
  expect_batches_near(
      simulate(net, true), leaving / total / lambda,
      [](const StationBin& bin) { return 1 - bin.begun / bin.arrived; });
}

// Pollaczek-Khinchine: W = rho (1 + cv²) / 2 / (m - l).
double mean_wait_of(double lambda, double m, double cv) {
  return lambda / m * (1 + cv * cv) / 2 / (m - lambda);
}

TEST(RequestStatistics, FixedWorkWaitsAsMD1) {
  LoadNet net = net_of({10, 15});
  net.stations[0].varies = 0;
  expect_batches_near(simulate(net), mean_wait_of(10, 15, 0), mean_wait);
}

TEST(RequestStatistics, WorkOfAnyVariationWaitsAsMG1) {
  for (const double cv : {0.5, 1.0, 1.5}) {
    LoadNet net = net_of({10, 20});
    net.stations[0].varies = cv;
    expect_batches_near(simulate(net), mean_wait_of(10, 20, cv), mean_wait);
  }
}

TEST(RequestSimulation, IsAPureFunctionOfItsSeed) {
  const LoadNet net = net_of({10, 15});
  const RequestResult a = simulate(net), b = simulate(net);
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.stations[0][399].waited, b.stations[0][399].waited);
}

}  // namespace
}  // namespace outagesim

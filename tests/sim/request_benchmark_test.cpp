// The shipped benchmark scenario under load against its exact answer.
#include <gtest/gtest.h>

#include <cmath>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/request/request_sim.h"
#include "sim/stats/moments.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

constexpr double kArrivals = 800, kServed = 1000;  // a second, as it says

// Five minutes in bins of 2.5 s, in each of which the queue forgets the one
// before: its relaxation takes 0.09 s.
RequestResult simulate_benchmark() {
  const Model model = compile(
      load_scenario((source_tree() / "scenarios/benchmark/mm1.toml").string()));
  RequestWindow window;
  window.to = {300};
  window.bin = {2.5};
  return simulate_requests(model.load, model.plan.clocks, {}, window);
}

// From arrival to departure: exponential with rate m - l [Kleinrock75, ch. 3].
TEST(Mm1BenchmarkStatistics, TakesTheTimeThatTheoryTells) {
  const RequestResult result = simulate_benchmark();
  ASSERT_EQ(result.latency.size(), result.streams.size());
  const std::size_t outside = result.streams.size() - 1;
  Mean mean;
  for (const StreamBin& bin : result.streams[outside]) {
    mean.add(bin.latency / bin.good);
  }
  const double error = std::sqrt(mean.variance() / double(mean.n));
  EXPECT_GT(error, 0);
  EXPECT_NEAR(mean.mean(), 1 / (kServed - kArrivals), 4 * error);
  EXPECT_LT(error, 0.02 * mean.mean());  // and not trivially so
}

// The histogram is right to 2 %, and so many requests to 2 % as well.
TEST(Mm1BenchmarkStatistics, HasTheQuantilesOfAnExponential) {
  const RequestResult result = simulate_benchmark();
  const LatencyHistogram& times = result.latency.back();
  for (const double p : {0.5, 0.9, 0.99}) {
    const double known = -std::log(1 - p) / (kServed - kArrivals);
    EXPECT_NEAR(times.quantile({p}).value, known, 0.04 * known) << p;
  }
}

TEST(Mm1BenchmarkStatistics, LosesNobody) {
  const RequestResult result = simulate_benchmark();
  double gone = 0, served = 0;
  for (const StreamBin& bin : result.streams.back()) {
    gone += bin.gone;
    served += bin.good;
  }
  EXPECT_EQ(gone, 0);
  EXPECT_NEAR(served, kArrivals * 300, 4 * std::sqrt(kArrivals * 300));
}

}  // namespace
}  // namespace outagesim

// The flow against requests, on the scenarios that are shipped: where the flow
// is in its range, what it serves is within two points of what requests meet,
// and falls and returns within five per cent of the time it lasts.
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/request/compare_fidelity.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

constexpr double kPoints = 0.02;
constexpr double kTimes = 0.05;

struct FidelityCase {
  const char* scenario;
  double from, to;  // min
  double scale;
  double bin;  // s
};

void PrintTo(const FidelityCase& of, std::ostream* out) { *out << of.scenario; }

class FlowAgainstRequestsStatistics
    : public ::testing::TestWithParam<FidelityCase> {
 protected:
  static FidelityComparison compare() {
    const FidelityCase& of = GetParam();
    const Model model = compile(load_scenario(
        (source_tree() / "scenarios" / of.scenario).string() + ".toml"));
    RequestWindow window;
    window.from = Seconds{of.from * 60};
    window.to = Seconds{of.to * 60};
    window.bin = {of.bin};
    window.scale = of.scale;
    return compare_fidelity(model, 0, window);
  }
};

// Both NaN: neither falls below half.
void expect_moment(double flow, double requests, double lasting) {
  EXPECT_EQ(std::isnan(flow), std::isnan(requests));
  if (std::isnan(flow)) return;
  EXPECT_NEAR(flow, requests, kTimes * lasting);
}

// A fall that the window's end cuts off would compare nothing.
void expect_return_within(const StreamComparison& stream, Seconds end) {
  if (std::isnan(stream.flow_recovery)) return;
  EXPECT_LT(stream.flow_recovery, end.value) << stream.stream;
  EXPECT_LT(stream.request_recovery, end.value) << stream.stream;
}

TEST_P(FlowAgainstRequestsStatistics, ServesAndHealsAlikeInItsRange) {
  const FidelityComparison result = compare();
  for (const FlowTrust& trust : result.trust) {
    EXPECT_TRUE(trust.is_trusted) << "n0 " << trust.n0;
  }
  EXPECT_TRUE(result.impatient.empty());
  ASSERT_FALSE(result.streams.empty());
  std::size_t fallen = 0;
  for (const StreamComparison& stream : result.streams) {
    fallen += std::isnan(stream.flow_onset) ? 0 : 1;
    EXPECT_LT(stream.difference, kPoints) << stream.stream;
    EXPECT_LT(std::abs(stream.bias), kPoints) << stream.stream;
    expect_return_within(stream, result.requests.window.to);
    const double lasting = stream.request_recovery - stream.request_onset;
    expect_moment(stream.flow_onset, stream.request_onset, lasting);
    expect_moment(stream.flow_recovery, stream.request_recovery, lasting);
  }
  EXPECT_GE(fallen, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, FlowAgainstRequestsStatistics,
    ::testing::Values(FidelityCase{"retry-storm", 5, 55, 0.5, 2},
                      FidelityCase{"thundering-herd", 5, 30, 0.12, 2},
                      FidelityCase{"cold-cache", 5, 25, 0.5, 2},
                      FidelityCase{"phased-rollout", 5, 150, 0.1, 20},
                      FidelityCase{"telemetry-blind", -1, 240, 0.05, 20}));

}  // namespace
}  // namespace outagesim

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

TEST_P(FlowAgainstRequestsStatistics, ServesAndHealsAlikeInItsRange) {
  const FidelityComparison result = compare();
  for (const FlowTrust& trust : result.trust) {
    EXPECT_TRUE(trust.is_trusted) << "n0 " << trust.n0;
  }
  EXPECT_TRUE(result.impatient.empty());
  ASSERT_FALSE(result.streams.empty());
  for (const StreamComparison& stream : result.streams) {
    EXPECT_LT(stream.difference, kPoints) << stream.stream;
    const double lasting = stream.request_recovery - stream.request_onset;
    expect_moment(stream.flow_onset, stream.request_onset, lasting);
    expect_moment(stream.flow_recovery, stream.request_recovery, lasting);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, FlowAgainstRequestsStatistics,
    ::testing::Values(FidelityCase{"retry-storm", 5, 20, 0.5, 2},
                      FidelityCase{"thundering-herd", 5, 30, 0.12, 2},
                      FidelityCase{"cold-cache", 5, 25, 0.5, 2},
                      FidelityCase{"phased-rollout", 5, 40, 0.3, 20},
                      FidelityCase{"telemetry-blind", -1, 5, 0.2, 2}));

}  // namespace
}  // namespace outagesim

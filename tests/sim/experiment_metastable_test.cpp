// Hysteresis: the load on a service is moved slowly up and down. Where a
// collapse sustains itself, what is served depends on where the load came from.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/experiment/metastable.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

std::vector<SweepPoint> sweep_with_budget(const std::string& budget) {
  const std::string path =
      (source_tree() / "scenarios/retry-storm.toml").string();
  LoadOptions options;
  if (!budget.empty()) {
    options.set = {"service.checkout.needs.database.retry.budget=\"" + budget +
                   "\""};
  }
  const Model model = compile(load_scenario(path, options));
  for (std::uint32_t id = 0; id < model.load.stations.size(); ++id) {
    if (model.load.stations[id].capacity.value < kNoBound) {
      return sweep_load(model, id);
    }
  }
  return {};
}

// Two branches from `critical` to the whole capacity, and one elsewhere.
void expect_two_branches_from(double critical, const std::string& budget) {
  const auto points = sweep_with_budget(budget);
  ASSERT_EQ(points.size(), 48U);
  for (const SweepPoint& point : points) {
    const bool is_at_end = std::abs(point.load - 1) < 1e-9 ||
                           std::abs(point.load - critical) < 0.01;
    if (is_at_end) continue;
    const bool has_two = point.load > critical && point.load < 1;
    EXPECT_EQ(std::abs(point.served_up - point.served_down) > 0.01, has_two)
        << "budget " << budget << ", load " << point.load << ", up "
        << point.served_up << ", down " << point.served_down;
  }
}

TEST(LoadSweep, HasTwoBranchesAboveAThirdWithThreeAttempts) {
  expect_two_branches_from(1.0 / 3, "");
}

TEST(LoadSweep, HasTwoBranchesFromOneOverOneAndTheBudget) {
  expect_two_branches_from(1 / 1.2, "20 %");
  expect_two_branches_from(1 / 1.1, "10 %");
}

TEST(LoadSweep, HasOneBranchWithTheScenariosRetryBudget) {
  expect_two_branches_from(1, "2 %");
}

}  // namespace
}  // namespace outagesim

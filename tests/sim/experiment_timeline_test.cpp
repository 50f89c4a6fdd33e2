#include "sim/experiment/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using testing::quiet_replication;
using testing::small_model;

TEST(Timeline, RunsFromTheBeginningToTheHorizonUpwards) {
  Model model = small_model();
  model.begins = Seconds{-600};
  const std::vector<Seconds> grid = timeline_grid(model);
  EXPECT_EQ(grid.front(), Seconds{-600});
  EXPECT_DOUBLE_EQ(grid.back().value, model.horizon.value);
  EXPECT_TRUE(std::ranges::is_sorted(grid));
  EXPECT_NEAR(static_cast<double>(grid.size()), 240, 30);
}

TEST(Timeline, HoldsEachStepUntilTheNext) {
  const Model model = small_model();
  Timeline timeline(model);
  Replication replication = quiet_replication(model);
  const double edge = timeline.grid()[10].value;
  replication.steps = {{0, 0, 0.25F}, {edge, 0, 1.0F}};
  timeline.add(replication);
  EXPECT_EQ(timeline.at(0, 0).quantile(0.5).value, 0.25);
  EXPECT_EQ(timeline.at(9, 0).quantile(0.5).value, 0.25);
  EXPECT_EQ(timeline.at(10, 0).quantile(0.5).value, 1);
  EXPECT_EQ(timeline.at(5, 1).quantile(0.5).value, 1);
}

}  // namespace
}  // namespace outagesim

#include "sim/experiment/outage_lengths.h"

#include <gtest/gtest.h>

#include "sim/experiment/statistics.h"
#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

// Four runs of which one has no outage, and one has two.
std::vector<Replication> four_runs(const Model& model) {
  std::vector<Replication> runs;
  for (std::uint64_t i = 0; i < 4; ++i) {
    runs.push_back(testing::quiet_replication(model, i));
  }
  runs[1].outages = {testing::outage(0, 0, 3600)};
  runs[2].outages = {testing::outage(0, 0, 7200),
                     testing::outage(0, 20'000, 20'600)};
  runs[3].outages = {testing::outage(0, 100, 1100)};
  return runs;
}

TEST(OutageLengths, SayWhatTheSummarySays) {
  const Model model = testing::small_model();
  Summary summary(model);
  OutageLengths one(model), other(model);
  for (const Replication& run : four_runs(model)) {
    summary.add(run);
    (run.index % 2 == 0 ? one : other).add(run);
  }
  one.merge(other);
  const Subject chat{Scope::kProduct, 0};
  EXPECT_DOUBLE_EQ(one.probability(0).value, 0.75);
  EXPECT_EQ(one.probability(1).value, 0);
  const Estimate middle = estimate_of(summary, "ttr", chat, "p50");
  EXPECT_EQ(one.middle(0).value, middle.value);
  EXPECT_FALSE(one.middle(1).defined());
}

}  // namespace
}  // namespace outagesim

// outagesim attribute, as a user sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::kPowerScenario;
using testing::Ran;
using testing::run;
using testing::same_with_any_threads;
using ::testing::StartsWith;

constexpr const char* kYear = "scenarios/openai-year.toml";

TEST(AttributeCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const std::string text = same_with_any_threads(
      {"attribute", kYear, "--replications", "20"}, "attribution.csv");
  EXPECT_THAT(text, StartsWith("player,metric,unit,share,ci_low,ci_high,"
                               "standard_error,relative,alone,last\n"));
  EXPECT_THAT(text, HasSubstr("\nplatform,user_minutes_lost,user_min,"));
  EXPECT_THAT(text, HasSubstr("\ntotal,user_minutes_lost,user_min,"));
}

TEST(AttributeCommand, SharesOutOverStrategiesThatCanBeCombined) {
  const Ran ran = run({"attribute", kPowerScenario, "--over", "strategies",
                       "--replications", "16", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  double sum = 0;
  for (const auto& share : json["shares"]) sum += share["value"].get<double>();
  const double total = json["total"]["value"];
  EXPECT_LT(total, 0);
  EXPECT_NEAR(sum, total, 1e-9 * -total);
  EXPECT_THAT(json["left_out"].dump(),
              HasSubstr("rehearsed-failover, which cannot be taken together"));
}

TEST(AttributeCommand, RefusesWhatCannotBeSharedOut) {
  EXPECT_THAT(run({"attribute", kYear, "--over", "strategies"}).err,
              HasSubstr("has no strategies: there is nothing to share out"));
  EXPECT_THAT(run({"attribute", kYear, "--over", "cause"}).err,
              HasSubstr("--over: expected causes or strategies, found "
                        "\"cause\""));
  EXPECT_EQ(run({"attribute", kYear, "--metric", "mttr"}).code, 1);
}

}  // namespace
}  // namespace outagesim

// outagesim attribute, as a user sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

using testing::file_text;
using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using testing::Scratch;
using ::testing::StartsWith;

constexpr const char* kYear = "scenarios/openai-year.toml";
constexpr const char* kDecember =
    "scenarios/openai-2024-12-26-supplier-power.toml";

TEST(AttributeCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const Scratch scratch;
  std::vector<std::string> texts;
  for (const char* threads : {"1", "8"}) {
    const Ran ran =
        run({"attribute", kYear, "--replications", "20", "--threads", threads,
             "--quiet", "--out", (scratch.path() / threads).string()});
    ASSERT_EQ(ran.code, 0) << ran.err;
    texts.push_back(file_text(scratch.path() / threads / "attribution.csv"));
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_THAT(texts[0], StartsWith("player,metric,unit,share,ci_low,ci_high,"
                                   "standard_error,relative,alone,last\n"));
  EXPECT_THAT(texts[0], HasSubstr("\nplatform,user_minutes_lost,user_min,"));
  EXPECT_THAT(texts[0], HasSubstr("\ntotal,user_minutes_lost,user_min,"));
}

TEST(AttributeCommand, SharesOutOverStrategiesThatCanBeCombined) {
  const Ran ran = run({"attribute", kDecember, "--over", "strategies",
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

// --strategy NAME of commands that look at one scenario: the scenario as
// compare sees it with that strategy in place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

using Json = nlohmann::json;
using testing::file_text;
using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using testing::Scratch;

constexpr const char* kScenario = "scenarios/first-steps.toml";

Json answer(std::vector<std::string> words) {
  for (const char* word : {"--replications", "64", "--format", "json"}) {
    words.emplace_back(word);
  }
  const Ran ran = run(words);
  EXPECT_EQ(ran.code, 0) << ran.err;
  return Json::parse(ran.out);
}

// Mean user-minutes lost in the whole system, as `run` tells them.
double lost(const Json& told) {
  for (const Json& row : told["summary"]) {
    if (row["scope"] == "system" && row["metric"] == "user_minutes_lost" &&
        row["statistic"] == "mean") {
      return row["value"];
    }
  }
  ADD_FAILURE() << "no user-minutes lost";
  return 0;
}

TEST(StrategyOption, RunsWhatCompareRuns) {
  for (const std::string name : {"standby", "drills", "standby + drills"}) {
    const Json alone = answer({"run", kScenario, "--strategy", name});
    const Json compared = answer({"compare", kScenario, "--strategy", name});
    const Json& metric = compared["strategies"][1]["metrics"][0];
    ASSERT_EQ(metric["metric"], "user_minutes_lost");
    EXPECT_EQ(alone["strategy"], name);
    EXPECT_DOUBLE_EQ(lost(alone), metric["mean"]["value"]) << name;
  }
  const Json plain = answer({"run", kScenario});
  const Json better = answer({"run", kScenario, "--strategy", "standby"});
  EXPECT_TRUE(plain["strategy"].is_null());
  EXPECT_GT(lost(plain), 1.5 * lost(better));
  EXPECT_NE(plain["scenario_hash"], better["scenario_hash"]);
}

TEST(StrategyOption, IsSaidAboveTheAnswer) {
  const std::string said = "with strategy \"drills\"";
  for (const std::string command : {"run", "slo"}) {
    const Ran ran = run(
        {command, kScenario, "--replications", "64", "--strategy", "drills"});
    EXPECT_THAT(ran.out, HasSubstr(said)) << command << ran.err;
  }
  EXPECT_THAT(run({"trace", kScenario, "--strategy", "drills"}).out,
              HasSubstr(said));
}

TEST(StrategyOption, ChangesWhatFalls) {
  const Ran plain = run({"blast", kScenario, "database"});
  const Ran with =
      run({"blast", kScenario, "database", "--strategy", "standby"});
  ASSERT_EQ(plain.code, 0) << plain.err;
  ASSERT_EQ(with.code, 0) << with.err;
  EXPECT_NE(plain.out, with.out);
}

TEST(StrategyOption, OfAMistypedNameSaysWhichWasMeant) {
  const Ran ran = run({"run", kScenario, "--strategy", "stanby"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("no strategy is named \"stanby\"; did you "
                                 "mean \"standby\"?"));
}

TEST(StrategyOption, IsPartOfTheQuestionOfACheckpoint) {
  const Scratch scratch;
  std::vector<std::string> merge{"merge", "--out", scratch.path() / "merged"};
  for (const std::string shard : {"0/2", "1/2"}) {
    const std::string file = scratch.path() / ("part" + shard.substr(0, 1));
    merge.push_back(file);
    const Ran ran =
        run({"run", kScenario, "--replications", "600", "--strategy", "standby",
             "--shard", shard, "--checkpoint", file});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  const Ran merged = run(merge);
  ASSERT_EQ(merged.code, 0) << merged.err;
  const Ran whole =
      run({"run", kScenario, "--replications", "600", "--strategy", "standby",
           "--out", scratch.path() / "whole"});
  ASSERT_EQ(whole.code, 0) << whole.err;
  const std::string one = file_text(scratch.path() / "whole" / "summary.csv");
  EXPECT_EQ(one, file_text(scratch.path() / "merged" / "summary.csv"));
  const Ran other = run({"run", kScenario, "--replications", "600", "--shard",
                         "0/2", "--checkpoint", scratch.path() / "part0"});
  EXPECT_EQ(other.code, 1);
}

}  // namespace
}  // namespace outagesim

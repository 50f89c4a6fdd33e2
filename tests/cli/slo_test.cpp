// outagesim slo as a user meets it, and what comparisons say of objectives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::kPowerScenario;
using ::testing::MatchesRegex;
using testing::Ran;
using testing::run;
using testing::run_with;
using testing::Scratch;

Ran slo(const std::vector<std::string>& more) {
  return run_with({"slo", kPowerScenario, "--replications", "200"}, more);
}

TEST(SloCommand, TellsObjectivesBudgetsAndLinks) {
  const Ran ran = slo({});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("99.9 % available each"));
  EXPECT_THAT(ran.out, HasSubstr("error budget"));
  EXPECT_THAT(ran.out, HasSubstr("weakest links of"));
  EXPECT_THAT(ran.out, HasSubstr("power"));
}

TEST(SloCommand, EndsWithThreeIfAGateFails) {
  const std::string gate = "objective.chatgpt-recovery.probability=";
  EXPECT_EQ(slo({"--set", gate + "1 %"}).code, 0);
  const Ran ran = slo({"--set", gate + "99 %"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.out, HasSubstr("FAILED"));
}

TEST(SloCommand, HoldsAGateAgainstAnEndOfTheInterval) {
  const std::vector<std::string> close{
      "--set", "objective.chatgpt-recovery.probability=39 %"};
  const auto asked = [&](const std::string& rule) {
    auto words = close;
    words.insert(words.end(), {"--gate", rule});
    return slo(words);
  };
  const Ran low = asked("low");
  EXPECT_EQ(low.code, 3);
  EXPECT_THAT(low.out, HasSubstr("FAILED, too close to call"));
  const Ran high = asked("high");
  EXPECT_EQ(high.code, 0) << high.out;
  EXPECT_THAT(high.out, HasSubstr("passed, too close to call"));
  const Ran wrong = asked("lo");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("--gate takes estimate, low or high, found "
                                   "\"lo\""));
}

TEST(SloCommand, RefusesWindowsBeyondNumber) {
  const Ran ran = slo({"--set", "objective.chatgpt-recovery.window=1 ms"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("\"chatgpt-recovery\" has windows of 1 ms"));
}

TEST(SloCommand, WritesCsvAndPrintsJson) {
  const Scratch scratch;
  const auto out = scratch.path() / "out";
  const Ran ran = slo({"--out", out, "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["objectives"].size(), 3U);
  EXPECT_NEAR(json["objectives"][0]["budget_s"].get<double>(), 31536, 1e-6);
  EXPECT_EQ(json["objectives"][0]["weakest_links"][0]["cause"], "power");
  EXPECT_THAT(testing::file_text(out / "slo.csv"),
              HasSubstr("\nchatgpt-year,chatgpt,availability,1,0.999"));
  EXPECT_THAT(testing::file_text(out / "run.json"), HasSubstr("slo.csv"));
}

TEST(SloCommand, CallsProductsByNameWhereTheyHaveNoLabel) {
  const Ran ran =
      run({"slo", "scenarios/three-tier.toml", "--replications", "500"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("catalogue-month   catalogue  99.5 %"));
  EXPECT_THAT(ran.out, HasSubstr("passed"));
  EXPECT_THAT(ran.out, HasSubstr("\n  checkout          fails of database-a"));
}

TEST(SloCommand, SaysWhatIsMissing) {
  const Ran ran = run({"slo", "scenarios/retry-storm.toml"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("has no objectives; add a table "
                                 "[objective.NAME]"));
}

TEST(CompareCommand, SaysHowStrategiesBearOnObjectives) {
  const Ran ran = run({"compare", kPowerScenario, "--replications", "200",
                       "--what-if", "faster:restore:4"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const std::string line = ran.out.substr(ran.out.find("P(SLO)"));
  EXPECT_THAT(line.substr(0, line.find('\n')),
              MatchesRegex("P.SLO. [0-9.]+ % -> [0-9.]+ % "
                           ".[+-][0-9.]+ ± [0-9.]+."));
}

TEST(CompareCommand, SaysWhatStrategiesSaveTheOperator) {
  const Scratch scratch;
  const auto out = scratch.path() / "out";
  const Ran ran = run({"compare", kPowerScenario, "--replications", "200",
                       "--out", out, "--what-if", "faster:restore:4"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const std::string line = ran.out.substr(ran.out.find(" costs ") + 1);
  EXPECT_THAT(
      line.substr(0, line.find('\n')),
      MatchesRegex("costs [0-9.]+ M -> [0-9.]+ M .-[0-9.]+ ± [0-9.]+ [kM]."));
  EXPECT_THAT(testing::file_text(out / "comparison.csv"),
              HasSubstr("\nfaster:restore:4,all,cost_total,USD,"));
}

TEST(CompareCommand, NeverCallsABoundCertain) {
  const Ran ran = run({"compare", kPowerScenario, "--budget", "2000"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("with a probability of more than 99.9 %,"));
}

}  // namespace
}  // namespace outagesim

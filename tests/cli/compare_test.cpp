// outagesim compare as a user meets it, and a library of strategies checked
// alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::kPowerScenario;
using ::testing::Not;
using testing::Ran;
using testing::run;
using testing::run_with;
using testing::Scratch;

Ran compare(const std::vector<std::string>& more) {
  return run_with({"compare", kPowerScenario, "--replications", "32"}, more);
}

TEST(CompareCommand, PrintsTheSameNumbersAsJson) {
  const Ran ran = compare({"--strategy", "any-region", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["replications"], 32);
  ASSERT_EQ(json["strategies"].size(), 2U);
  EXPECT_EQ(json["strategies"][0]["strategy"], "(baseline)");
  const auto& metric = json["strategies"][1]["metrics"][0];
  EXPECT_EQ(metric["metric"], "user_minutes_lost");
  EXPECT_EQ(metric["mean"]["value"], 0.0);
  EXPECT_LT(metric["difference"]["ci_high"], 0.0);
}

TEST(CompareCommand, PrintsItsTableQuietlyToo) {
  const Ran plain = compare({"--strategy", "any-region"});
  const Ran quiet = compare({"--strategy", "any-region", "--quiet"});
  EXPECT_THAT(plain.out, HasSubstr("any-region"));
  EXPECT_EQ(quiet.out, plain.out);
}

TEST(CompareCommand, TellsTheMetricsAskedFor) {
  const Ran ran =
      compare({"--strategy", "any-region", "--metric", "chatgpt:mttr",
               "--metric", "chatgpt:failed_requests"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const std::size_t first = ran.out.find("  strategy    chatgpt:mttr");
  const std::size_t second =
      ran.out.find("  strategy    chatgpt:failed_requests");
  EXPECT_LT(first, second);
  EXPECT_NE(second, std::string::npos) << ran.out;
  EXPECT_THAT(ran.out, Not(HasSubstr("a user-hour  frontier")));
}

TEST(CompareCommand, SaysWhichMetricsThereAre) {
  const auto complaint = [](const char* metric) {
    const Ran ran = compare({"--metric", metric});
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.out, "");
    return ran.err;
  };
  EXPECT_THAT(complaint("chatgpt:mtr"),
              HasSubstr("--metric: there is no metric \"mtr\"; did you mean "
                        "\"mttr\"? (of this scenario compare tells "
                        "user_minutes_lost, downtime, mttr, "));
  EXPECT_THAT(complaint("stage_detect"),
              HasSubstr("--metric: stage_detect is not compared"));
  EXPECT_THAT(complaint("chatgtp:mttr"),
              HasSubstr("--metric: mttr is not told of \"chatgtp\"; did you "
                        "mean \"chatgpt\"? (it is of "));
  EXPECT_THAT(compare({"--metric", "mttr", "--budget", "2000"}).err,
              HasSubstr("leave out --metric or --budget"));
}

TEST(CompareCommand, WritesWhatWasRun) {
  const Scratch scratch;
  const auto out = scratch.path() / "out";
  ASSERT_EQ(compare({"--strategy", "any-region", "--out", out}).code, 0);
  const auto json = nlohmann::json::parse(testing::file_text(out / "run.json"));
  EXPECT_EQ(json["files"],
            (std::vector<std::string>{"comparison.csv", "run.json"}));
  EXPECT_EQ(json["seed"], 1);
  EXPECT_THAT(testing::file_text(out / "comparison.csv"),
              HasSubstr(",on_frontier,censored\n"));
}

TEST(CompareCommand, TellsTheDifferenceWhereRoundedMeansHideIt) {
  const auto asked = [](const char* replications) {
    return run({"compare", kPowerScenario, "--what-if", "faster:detect:1.25",
                "--replications", replications});
  };
  EXPECT_THAT(asked("100").out,
              HasSubstr("cuts ChatGPT's outages by 3.9 min (± 2.6 min), from "
                        "7.5 h; chance"));
  const std::string few = asked("3").out;
  EXPECT_THAT(few, HasSubstr("which may be\n  chance.\n"));
  EXPECT_THAT(few, Not(HasSubstr("chance that it is the best")));
}

TEST(CompareCommand, CallsAProductWithoutALabelByItsName) {
  const Ran ran = run({"compare", "scenarios/first-steps.toml", "--what-if",
                       "redundant:database", "--replications", "32"});
  EXPECT_THAT(ran.out, HasSubstr("leaves no outage of shop; "));
}

TEST(CompareCommand, AsksForAnyNumberOfTheScenario) {
  const auto asked = [](const std::string& question) {
    return run({"compare", "scenarios/first-steps.toml", "--what-if", question,
                "--set", "fault.database-dies.at=5 min", "--replications",
                "32"});
  };
  const Ran same = asked("set:fault.database-dies.at=5 min");
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_THAT(same.out,
              HasSubstr("no difference in how long shop is out was seen in"));
  const Ran wrong = asked("set:fault.database-dyes.at=5 min");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("--what-if:1:7: error: nothing is named "
                                   "\"database-dyes\""));
  EXPECT_THAT(wrong.err, HasSubstr("database-dies"));
}

TEST(CompareCommand, ComparesPairsAndNamesThoseThatContradict) {
  const Ran ran =
      compare({"--strategy", "any-region", "--strategy", "rehearsed-failover",
               "--strategy", "faster-restart", "--pairs"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("any-region + faster-restart"));
  EXPECT_THAT(ran.out, HasSubstr("rehearsed-failover + faster-restart"));
  EXPECT_THAT(ran.out, HasSubstr("Left out, for they contradict each other: "
                                 "any-region + rehearsed-failover."));
}

TEST(CompareCommand, DoesNotCombineWhatIsACombinationAlready) {
  const Ran ran = compare({"--pairs"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, Not(HasSubstr("+ failover-and-restart")));
}

TEST(CompareCommand, RefusesSizesThatAreNone) {
  const Ran both = compare({"--all-subsets", "3", "--pairs"});
  EXPECT_EQ(both.code, 1);
  EXPECT_THAT(both.err,
              HasSubstr("--pairs and --all-subsets exclude each other"));
  const Ran more = run({"compare", "scenarios/openai-2024-12-11-telemetry.toml",
                        "--all-subsets", "13"});
  EXPECT_EQ(more.code, 1);
  EXPECT_THAT(more.err, HasSubstr("expected a whole number from 2 to 12"));
}

TEST(CompareCommand, ComparesNothingWithItself) {
  const Ran ran =
      compare({"--strategy", "any-region", "--strategy", "any-region"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("--strategy \"any-region\" is given twice"));
}

TEST(CompareCommand, SaysWhatIsNotKnownOfOneIncident) {
  const Ran ran = run({"compare", kPowerScenario, "--strategy", "any-region",
                       "--replications", "1"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("on the same 1 incident as"));
  EXPECT_THAT(ran.out, HasSubstr("-100.0 %      n/a    n/a"));
}

TEST(CompareCommand, DoesNotCombineQuestions) {
  const Ran ran = compare({"--what-if", "faster:detect:2", "--pairs"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("name with --strategy what"));
}

TEST(CompareCommand, SaysWhereAnOutageWasCutOff) {
  const Ran ran = compare(
      {"--strategy", "faster-restart", "--set", "scenario.horizon=4 h"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("≥ "));
  EXPECT_THAT(ran.out, HasSubstr("an outage was still open at the horizon"));
}

TEST(ValidateCommand, ChecksALibraryOfStrategiesAlone) {
  const Ran ran =
      run({"validate", "scenarios/strategies/supplier-redundancy.toml"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "scenarios/strategies/supplier-redundancy.toml: fine: a library of "
            "3 strategies; a scenario that names it in `system` can use it\n");
}

TEST(ValidateCommand, TellsTheMistakesOfALibrary) {
  const Scratch scratch;
  const auto path = scratch.path() / "library.toml";
  std::ofstream(path) << "format = 2\n[strategy.x]\nwy = \"typed wrong\"\n";
  const Ran ran = run({"validate", path});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr(":1:10: error: this version reads format 1"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean \"why\"?"));
}

TEST(CompareCommand, RefusesAQuestionThatLeavesNothingToCompare) {
  const Ran ran = run({"compare", "scenarios/benchmark/repairable10.toml",
                       "--what-if", "set:service.s10.kind=service"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("\"s10\" is no product any more: there "
                                 "would be nothing to compare"));
}

}  // namespace
}  // namespace outagesim

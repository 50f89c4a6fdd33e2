// outagesim sweep as a user meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using testing::run_with;
using testing::same_with_any_threads;
using testing::Scratch;
using ::testing::StartsWith;

const std::vector<std::string> kWords{"sweep", "scenarios/first-steps.toml",
                                      "--replications", "50"};

Ran sweep(const std::vector<std::string>& more) {
  return run_with(kWords, more);
}

TEST(SweepCommand, WritesATidyCsvOfTheGrid) {
  const Scratch scratch;
  const auto out = scratch.path() / "out";
  const Ran ran = sweep({"--over", "scenario.outage_below=90 %,99 %", "--over",
                         "scenario.horizon=24 h:48 h:3", "--out", out});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("A sweep of 6 points"));
  const std::string csv = testing::file_text(out / "sweep.csv");
  EXPECT_THAT(csv, StartsWith("scenario.outage_below,scenario.horizon,scope,"
                              "name,metric,unit,statistic,value,ci_low,"
                              "ci_high,n,censored\n90 %,24 h,"));
  EXPECT_THAT(csv, HasSubstr("\n99 %,36 h,"));
  EXPECT_THAT(testing::file_text(out / "run.json"), HasSubstr("sweep.csv"));
}

TEST(SweepCommand, GivesTheSameBytesWithAnyNumberOfThreads) {
  std::vector<std::string> words = kWords;
  words.insert(words.end(), {"--over", "scenario.horizon=24 h,48 h"});
  EXPECT_GT(same_with_any_threads(words, "sweep.csv").size(), 1000U);
}

TEST(SweepCommand, PlacesMistakesInItsOption) {
  const Ran ran = sweep({"--over", "remedy.restore-bakcup.works=50 %,60 %"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("--over:1:8: error: nothing is named "
                                 "\"restore-bakcup\""));
}

TEST(SweepCommand, UsesTheSameRandomNumbersAtEveryPoint) {
  // What the text says of the scenario changes nothing of what happens.
  const Ran ran = sweep({"--over", "scenario.shows=a,b", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  ASSERT_EQ(json["points"].size(), 2U);
  EXPECT_EQ(json["points"][0]["summary"], json["points"][1]["summary"]);
  EXPECT_EQ(json["points"][1]["at"]["scenario.shows"], "b");
}

TEST(SweepCommand, SaysWhatIsMissing) {
  const Ran ran = sweep({});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("a sweep needs --over"));
  EXPECT_EQ(sweep({"--over", "scenario.horizn=1 h,2 h"}).code, 1);
}

TEST(SweepCommand, SaysThatTheHorizonCutOutagesOff) {
  const Ran cut = sweep({"--over", "remedy.restore-backup.works=50 %,100 %"});
  ASSERT_EQ(cut.code, 0) << cut.err;
  EXPECT_THAT(cut.out, HasSubstr("had not ended when its simulation did"));
  const Ran whole = sweep({"--over", "population.customers.users=10,20"});
  EXPECT_THAT(whole.out, ::testing::Not(HasSubstr("had not ended")));
}

}  // namespace
}  // namespace outagesim

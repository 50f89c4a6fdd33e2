// The check as a gate: its exit code, its files, and what it prints.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace outagesim::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kTiers = "scenarios/three-tier.toml";

std::string changed_copy(const Scratch& scratch, const std::string& from,
                         const std::string& to) {
  std::string text = file_text(source_tree() / kTiers);
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos;) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  const fs::path path = scratch.path() / "changed.toml";
  std::ofstream(path) << text;
  return path.string();
}

TEST(CheckCommand, ExitsWithZeroWhenAllAgreesAndWritesItsFiles) {
  const Scratch scratch;
  const Ran ran = run({"check", kTiers, "--replications", "1000", "--out",
                       scratch.path().string()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("numbers that could be judged agree."));
  EXPECT_THAT(ran.out, HasSubstr("Not solved, and why"));
  EXPECT_THAT(ran.out, HasSubstr("What puts catalogue out"));
  EXPECT_THAT(file_text(scratch.path() / "check.csv"),
              StartsWith("scope,name,metric,unit,method,measure,exact,"));
  EXPECT_THAT(file_text(scratch.path() / "cut_sets.csv"),
              HasSubstr("\ncatalogue,2,fails of app-1 + fails of app-2,"));
  EXPECT_THAT(file_text(scratch.path() / "importance.csv"),
              HasSubstr("\ncatalogue,fails of app-3,"));
}

TEST(CheckCommand, ExitsWithThreeWhenTheExactSideIsAnotherSystem) {
  const Scratch scratch;
  const std::string other = changed_copy(scratch, "mean 15 d", "mean 12 d");
  const Ran ran =
      run({"check", kTiers, "--replications", "1000", "--against", other});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.out, HasSubstr("numbers differ"));
}

TEST(CheckCommand, SamplesRareOutagesBesideTheExactAnswer) {
  const Scratch scratch;
  const Ran ran = run({"check", kTiers, "--replications", "100", "--rare",
                       "--out", scratch.path().string()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\nRare outages"));
  const Ran also =
      run({"run", kTiers, "--replications", "100", "--rare", "--quiet"});
  EXPECT_EQ(also.code, 0) << also.err;
  EXPECT_THAT(also.out, HasSubstr("Rare outages"));
  EXPECT_THAT(file_text(scratch.path() / "rare.csv"),
              HasSubstr("\ncheckout,importance sampling,"));
}

// A queue whose callers try again: nothing is solved.
TEST(CheckCommand, IsNoPassWhereNothingCouldBeJudged) {
  const std::string path = "scenarios/retry-storm.toml";
  const Ran ran = run({"check", path, "--replications", "20"});
  EXPECT_EQ(ran.code, 0);  // all that is solved agrees
  EXPECT_THAT(ran.out, HasSubstr("Nothing was judged: this is no pass (a gate "
                                 "asks for --least 1)."));
  EXPECT_EQ(run({"check", path, "--replications", "20", "--least", "1"}).code,
            3);
}

TEST(CheckCommand, AsksForAsManyNumbersAsItIsTold) {
  const Ran ran = run({"check", "scenarios/first-steps.toml", "--replications",
                       "500", "--least", "1000"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.out, HasSubstr("numbers that could be judged agree."));
}

TEST(CheckCommand, RefusesAnotherScenarioWithOtherProducts) {
  const Ran ran =
      run({"check", kTiers, "--against", "scenarios/first-steps.toml"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("has not the same products and faults"));
}

TEST(CheckCommand, TellsProgramsTheSame) {
  const Ran ran =
      run({"check", kTiers, "--replications", "500", "--format", "json"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("\"verdict\": \"agrees\""));
  EXPECT_THAT(ran.out, HasSubstr("\"not_solved\""));
}

}  // namespace
}  // namespace outagesim::testing

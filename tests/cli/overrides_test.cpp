// What-ifs by --set as a user meets them: what lapses, what is left, and what
// is said of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::kPowerScenario;
using ::testing::Not;
using testing::Ran;
using testing::run;
using testing::Scratch;

constexpr const char* kLaw = "fault.power.ends=exponential(mean 3 h)";
constexpr const char* kThen = "fault.power.then=5 min";

TEST(Overrides, LetBeliefsBelowThemLapse) {
  for (const char* setting : {"fault.power.ends=2 h", kLaw}) {
    const Ran ran =
        run({"run", kPowerScenario, "--set", setting, "--replications", "4"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("note: belief \"spread-of-power\" lapses: "
                                   "--set has replaced the number that it is "
                                   "about\n"));
    EXPECT_THAT(ran.err, Not(HasSubstr("return-of-power")));
  }
  EXPECT_EQ(run({"run", kPowerScenario, "--set", kLaw, "--replications", "4",
                 "--quiet"})
                .err,
            "");
}

TEST(Overrides, LetStrategiesLapseThatNobodyAskedFor) {
  const Ran ran = run({"trace", kPowerScenario, "--set", kThen});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err,
              HasSubstr("note: left out, for --set has replaced what it "
                        "changes: in strategy \"faster-restart\": "
                        "\"fault.power.then.takes\" hits nothing\n"));
  const Ran asked = run({"trace", kPowerScenario, "--set", kThen, "--strategy",
                         "faster-restart"});
  EXPECT_EQ(asked.code, 1);
  EXPECT_THAT(asked.err, HasSubstr("leave out the --set that replaces this"));
  EXPECT_EQ(
      run({"trace", kPowerScenario, "--set", kThen, "--strategy", "any-region"})
          .code,
      0);
}

TEST(Overrides, SayOneMistakeOnce) {
  for (const char* setting :
       {"fault.power.ends=5", "fault.power.ends=5 mins",
        "fault.power.ends=lognormal(median 5 min, sigma -1)"}) {
    const Ran ran = run({"validate", kPowerScenario, "--set", setting});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("--set:1:"));
    EXPECT_THAT(ran.err, Not(HasSubstr(".toml:"))) << ran.err;
  }
}

TEST(Overrides, OfABeliefAreToldIfTheyAreWrong) {
  const Ran ran = run({"validate", kPowerScenario, "--set",
                       "belief.return-of-power.about=fault.power.nothing"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("no number of this scenario stands at"));
}

TEST(Overrides, SayThatAFaultBeyondTheHorizonNeverStrikes) {
  const Ran ran =
      run({"validate", kPowerScenario, "--set", "fault.power.at=8 d"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err,
            "note: fault \"power\" is at 8 d, beyond the horizon of 7 d: it "
            "never strikes\n");
}

TEST(Overrides, SayThatAFaultStrikesNoCell) {
  const Ran ran =
      run({"validate", kPowerScenario, "--set", "fault.power.where=[]"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err,
            "note: fault \"power\" strikes no cell: what its \"where\" "
            "chooses is empty\n");
}

TEST(ValidateCommand, TakesASystemThatOthersName) {
  const Ran ran = run({"validate", "scenarios/systems/openai-2024.toml"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(": fine: a system of "));
  EXPECT_THAT(ran.out, HasSubstr("a scenario that names it in `system`"));
}

TEST(ValidateCommand, NamesWhatASystemHasFromOtherFiles) {
  const Ran ran = run({"validate", "scenarios/systems/applications.toml"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("; it must have from other files: profile "
                                 "\"us-business\", service \"api\"\n"));
}

TEST(ValidateCommand, TakesANearMissInASystemForAMistake) {
  const testing::Scratch scratch;
  const auto file = scratch.path() / "system.toml";
  std::ofstream(file) << "[service.database]\n"
                         "[service.shop]\nkind = \"product\"\n"
                         "needs = [\"databse\", \"queue\", \"database-2\"]\n";
  const Ran ran = run({"validate", file});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(
      ran.err,
      file.string() +
          ":4:10: error: no service is named \"databse\"\n"
          "    4 | needs = [\"databse\", \"queue\", \"database-2\"]\n"
          "      |          ^^^^^^^^^  did you mean \"database\" (line 1)? "
          "(if another file has it, validate the scenario that names "
          "both)\n");
}

TEST(BlastCommand, AccountsForEveryServiceAndNamesItsStrategy) {
  const Ran all = run({"blast", kPowerScenario});
  EXPECT_THAT(all.out, HasSubstr("  nothing else falls with: "));
  EXPECT_THAT(all.out, HasSubstr("db-history"));
  const Ran with = run({"blast", kPowerScenario, "--strategy", "any-region"});
  EXPECT_THAT(with.out, HasSubstr(", with strategy \"any-region\"\n"));
  EXPECT_THAT(run({"blast", kPowerScenario, "region.c"}).err,
              HasSubstr("\"region.c\" is a cell: blast is told of whole "
                        "services; name its service, \"region\""));
}

// As under `ulimit -f`: the program inherits the limit.
TEST(RunCommand, EndsWellAtALimitOnTheSizeOfFiles) {
  const Scratch scratch;
  const auto limit_files = [] {
    const rlimit small{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &small);
  };
  const testing::fs::path out = scratch.path() / "out";
  const testing::fs::path err = scratch.path() / "err";
  const int code = testing::wait_for(testing::start(
      {"run", kPowerScenario, "--replications", "64", "--quiet", "--out", out},
      "/dev/null", err, limit_files));
  EXPECT_EQ(code, 4);
  EXPECT_THAT(testing::file_text(err), HasSubstr("File too large"));
  EXPECT_TRUE(testing::fs::is_empty(out));
}

}  // namespace
}  // namespace outagesim

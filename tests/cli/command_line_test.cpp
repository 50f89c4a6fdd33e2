#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using ::testing::StartsWith;

constexpr const char* kScenario = "tests/cli/two-products.toml";

// The whole complaint of a wrong command line.
void expect_refused(const std::vector<std::string>& words,
                    const std::string& complaint) {
  const Ran ran = run(words);
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, complaint);
}

TEST(CommandLine, ShowsTheCommands) {
  const Ran ran = run({"--help"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, ContainsRegex("\n  validate +Check a scenario"));
  EXPECT_EQ(run({"help"}).out, ran.out);
}

TEST(CommandLine, ShowsTheHelpOfEachCommandWithAnExample) {
  for (const char* command :
       {"run", "check", "compare", "attribute", "sensitivity", "belief",
        "validate", "blast", "export", "import", "trace", "diff", "list"}) {
    const Ran ran = run({command, "--help"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, StartsWith("outagesim " + std::string(command)));
    EXPECT_THAT(ran.out, HasSubstr("Example:\n  outagesim "));
    EXPECT_EQ(run({"help", command}).out, ran.out);
    EXPECT_EQ(run({command, "-h"}).out, ran.out);
  }
}

TEST(CommandLine, TellsItsVersion) {
  EXPECT_THAT(run({"--version"}).out,
              ::testing::MatchesRegex("outagesim [0-9]+.[0-9]+.[0-9]+\n"));
}

TEST(CommandLine, SuggestsACommand) {
  expect_refused({"rnu"},
                 "outagesim: error: there is no command \"rnu\"; did you mean "
                 "\"run\"?\nTry \"outagesim --help\".\n");
}

TEST(CommandLine, SuggestsAnOption) {
  expect_refused({"run", kScenario, "--replication", "5"},
                 "outagesim run: error: there is no option \"--replication\"; "
                 "did you mean --replications?\n"
                 "Try \"outagesim run --help\".\n");
}

TEST(CommandLine, NeverGuessesAnOption) {
  expect_refused({"run", kScenario, "--thr=2"},
                 "outagesim run: error: there is no option \"--thr\"\n"
                 "Try \"outagesim run --help\".\n");
}

TEST(CommandLine, RefusesWhatIsNoCount) {
  const auto complaint = [](const std::string& found) {
    return "outagesim run: error: --replications: expected a whole number "
           "from 1 to 1000000000000, found \"" +
           found + "\"\nTry \"outagesim run --help\".\n";
  };
  for (const char* text :
       {"-5", "0", "1.5", "1e13", "many", "0x10", "nan", "1e400"}) {
    expect_refused({"run", kScenario, "--replications=" + std::string(text)},
                   complaint(text));
  }
}

TEST(CommandLine, RefusesOptionsOfOneDash) {
  expect_refused({"run", kScenario, "-quiet"},
                 "outagesim run: error: there is no option \"-quiet\"; did "
                 "you mean --quiet?\nTry \"outagesim run --help\".\n");
}

TEST(CommandLine, TakesANegativeNumberForAValue) {
  expect_refused({"run", kScenario, "--threads", "-2"},
                 "outagesim run: error: --threads: expected a whole number "
                 "from 1 to 1024, found \"-2\"\n"
                 "Try \"outagesim run --help\".\n");
}

TEST(CommandLine, RefusesASeedThatDoesNotFit) {
  expect_refused(
      {"run", kScenario, "--seed", "18446744073709551616"},
      "outagesim run: error: --seed: expected a whole number from 0 to "
      "18446744073709551615, found \"18446744073709551616\"\n"
      "Try \"outagesim run --help\".\n");
}

TEST(CommandLine, RefusesTooManyAndTooFewWords) {
  expect_refused({"run"},
                 "outagesim run: error: what is missing: outagesim run "
                 "SCENARIO\nTry \"outagesim run --help\".\n");
  expect_refused({"run", "a.toml", "b.toml"},
                 "outagesim run: error: \"b.toml\" is one word too many: "
                 "outagesim run SCENARIO\n"
                 "Try \"outagesim run --help\".\n");
}

TEST(CommandLine, RefusesAnOptionGivenTwice) {
  expect_refused({"run", kScenario, "--seed", "1", "--seed", "2"},
                 "outagesim run: error: --seed is given twice\n"
                 "Try \"outagesim run --help\".\n");
}

TEST(CommandLine, RefusesAValueThatIsMissing) {
  const Ran ran = run({"run", kScenario, "--seed"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("outagesim run: error: "));
  EXPECT_THAT(ran.err, HasSubstr("seed"));
}

}  // namespace
}  // namespace outagesim

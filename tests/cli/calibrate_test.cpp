// The commands that read a history of incidents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/cli/program.h"

namespace outagesim::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kLog = "tests/data/incidents.csv";

TEST(CalibrateCommand, WritesASystemThatAScenarioRuns) {
  const Scratch scratch;
  const Ran ran = run({"calibrate", kLog, "--bootstrap", "20", "--longest",
                       "24 h", "--profile-zone", "Europe/Berlin", "--out",
                       scratch.path().string()});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("time to resolve"));
  EXPECT_THAT(ran.out, HasSubstr("Anderson-Darling"));
  const std::string toml = file_text(scratch.path() / "calibrated.toml");
  EXPECT_THAT(toml, HasSubstr("[common_cause.together]"));
  EXPECT_THAT(toml, HasSubstr("outagesim calibrate tests/data/incidents.csv"));
  const fs::path scenario = scratch.path() / "year.toml";
  std::ofstream(scenario) << "format = 1\nsystem = \"calibrated.toml\"\n"
                             "[scenario]\nstart = 2024-01-01T00:00:00Z\n"
                             "horizon = \"365 d\"\n";
  const Ran year =
      run({"run", scenario.string(), "--replications", "20", "--quiet"});
  EXPECT_EQ(year.code, 0) << year.err;
}

// Known by hand: twelve of an hour, of which every third takes all of it and
// the others a quarter, watched for 275 h.
TEST(CalibrateCommand, WeighsIncidentsByWhatTheyTake) {
  const Scratch scratch;
  const fs::path log = scratch.path() / "log.csv";
  std::ofstream file(log);
  file << "start,end,impact\n";
  const std::array hours{12, 3, 20, 9, 1, 15, 22, 6, 13, 2, 18, 5};
  for (int i = 10; i < 22; ++i) {
    const std::string day = "2024-03-" + std::to_string(i) + " ";
    const int hour = hours.at(static_cast<std::size_t>(i - 10));
    file << day << hour << ":0" << i % 2 << ',' << day << hour + 1 << ":0"
         << i % 2 * 2 << ',' << (i % 3 == 0 ? "major" : "minor") << '\n';
  }
  file.close();
  const auto asked = [&](const std::string& severity) {
    return run({"calibrate", log.string(), "--bootstrap", "0", "--until",
                "2024-03-21T23:00:00Z", "--severity", severity, "--out",
                (scratch.path() / "out").string()});
  };
  const Ran ran = asked("impact:minor=25 %,major=100 %");
  ASSERT_EQ(ran.code, 0) << ran.err;
  // 12 h 6 min of 275 h, of which 4 h 2 min and a quarter of 8 h 4 min.
  EXPECT_THAT(ran.out, HasSubstr("available, by severity: 97.8 %; if each "
                                 "took all: 95.6 %"));
  const std::string toml = file_text(scratch.path() / "out/calibrated.toml");
  EXPECT_THAT(toml, HasSubstr("8 take 25 %, 4 take 100 %, on average 50 %"));
  EXPECT_THAT(toml, HasSubstr("severity = \"empirical(25 %, 25 %, 25 %, 25 %, "
                              "25 %, 25 %, 25 %, 25 %, 100 %, 100 %, 100 %, "
                              "100 %)\""));
  const fs::path scenario = scratch.path() / "out/year.toml";
  std::ofstream(scenario) << "format = 1\nsystem = \"calibrated.toml\"\n"
                             "[scenario]\nstart = 2024-01-01T00:00:00Z\n"
                             "horizon = \"365 d\"\n";
  const Ran year = run({"run", scenario.string(), "--replications", "20"});
  EXPECT_EQ(year.code, 0) << year.err;

  const Ran missing = asked("impact:minor=25 %");
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.err, HasSubstr("no share is given for \"major\""));
  EXPECT_THAT(asked("impakt:minor=25 %").err, HasSubstr("\"impact\""));
  EXPECT_THAT(asked("impact:minor=2").err, HasSubstr("--severity: "));
  EXPECT_THAT(asked("impact").err, HasSubstr("expected COLUMN:VALUE=SHARE"));
  EXPECT_THAT(asked("impact:minor").err, HasSubstr("expected VALUE=SHARE"));
}

TEST(CalibrateCommand, SaysTheSameEveryTime) {
  const std::vector<std::string> words{"calibrate", kLog, "--bootstrap", "50"};
  EXPECT_EQ(run(words).out, run(words).out);
}

TEST(CalibrateCommand, StatesItsFilters) {
  const Ran ran = run({"calibrate", kLog, "--bootstrap", "0", "--where",
                       "impact!=1", "--service", "shop"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("left out by --where"));
  EXPECT_THAT(ran.out, HasSubstr("of no service asked for"));
}

// The last start was not the end of the world, if somebody went on watching.
TEST(CalibrateCommand, SaysWhatBecomesOfTheTimeSinceTheLastStart) {
  const auto says = [](std::vector<std::string> more) {
    std::vector<std::string> words{"calibrate", kLog, "--bootstrap", "0"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words).out;
  };
  EXPECT_THAT(says({}), HasSubstr("since each last start is left out"));
  EXPECT_THAT(says({"--until", "2025-06-01"}),
              HasSubstr("starts: n 170 and 1 open"));
  EXPECT_THAT(says({"--open-gap", "censored"}),
              HasSubstr("since each last start counts as"));
  EXPECT_THAT(says({"--until", "2025-06-01", "--open-gap", "out"}),
              Not(HasSubstr("starts: n 170 and 1 open")));
  EXPECT_THAT(run({"calibrate", kLog, "--open-gap", "in"}).err,
              HasSubstr("expected censored or out, found \"in\""));
}

TEST(CalibrateCommand, TellsTheBusiestHoursAndWeekends) {
  const Ran ran = run({"calibrate", kLog, "--bootstrap", "0"});
  EXPECT_THAT(ran.out, HasSubstr("The busiest four hours, "));
  EXPECT_THAT(ran.out, HasSubstr(" of the starts\n"));
}

TEST(CalibrateCommand, RefusesWhatItCannotRead) {
  const auto refusal = [](std::vector<std::string> more) {
    std::vector<std::string> words{"calibrate", kLog};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 1);
    return ran.err;
  };
  EXPECT_THAT(refusal({"--column", "strat=x"}),
              HasSubstr("did you mean \"start\"?"));
  EXPECT_THAT(refusal({"--where", "impact"}), HasSubstr("COLUMN!=VALUE"));
  EXPECT_THAT(refusal({"--longest", "24"}), HasSubstr("--longest"));
  EXPECT_THAT(refusal({"--date-order", "ymd"}), HasSubstr("dmy or mdy"));
  EXPECT_THAT(refusal({"--since", "2030-01-01"}), HasSubstr("none of"));
  EXPECT_EQ(run({"calibrate", "tests/data/no-such.csv"}).code, 1);
}

TEST(ForecastCommand, ForetellsAndScoresItself) {
  const Scratch scratch;
  const Ran ran = run({"forecast", kLog, "--from", "2024-05-01", "--days", "30",
                       "--draws", "300", "--out", scratch.path().string()});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("From 2024-05-01"));
  EXPECT_THAT(ran.out, HasSubstr("what came"));
  EXPECT_THAT(ran.out, HasSubstr("in the 90 % band"));
  EXPECT_THAT(ran.out, HasSubstr("PIT: times in each tenth"));
  EXPECT_THAT(file_text(scratch.path() / "forecast.csv"),
              HasSubstr("2024-05-01T00:00:00Z,incidents,"));
}

// One month brings ten incidents and the next one: no law of the program's
// knows of that, and its bands hold all months.
TEST(ForecastCommand, SaysWhereItsOwnMonthsRuleItsBandsOut) {
  const Scratch scratch;
  const fs::path log = scratch.path() / "log.csv";
  std::ofstream file(log);
  file << "start,end,note\n2020-01-01,2020-01-02,other\n";
  for (int i = 0; i < 48 * 10; ++i) {
    const int month = i / 10 % 12;
    if (month % 2 == 0 && i % 10 > 0) continue;
    const std::string day = std::to_string(2020 + i / 120) + '-' +
                            std::to_string(month + 1) + '-' +
                            std::to_string(10 + i % 10);
    file << day << " 01:00," << day << " 0" << 2 + i % 3 << ":00,this\n";
  }
  file.close();
  const Ran ran = run(
      {"forecast", log.string(), "--where", "note!=other", "--draws", "200"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("1 left out by --where note!=other"));
  EXPECT_THAT(ran.out, HasSubstr("! incidents: 90 % bands held 4"));
  EXPECT_THAT(ran.out, HasSubstr("wider than they claim"));
  EXPECT_THAT(ran.out, HasSubstr("Of 3 such intervals (95 %) 0.15 would miss"));
}

TEST(ForecastCommand, SaysWhenTheHistoryIsTooShort) {
  const Ran ran = run({"forecast", kLog, "--from", "2022-01-10"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("too short"));
}

TEST(ForecastCommand, RefusesDaysLongAfterTheWatch) {
  const Ran ran = run({"forecast", kLog, "--from", "9999-12-31"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("after the end of the watch"));
}

TEST(BacktestCommand, HoldsScenariosAgainstTheRecord) {
  const Ran ran =
      run({"backtest", "scenarios/openai-2024-12-26-supplier-power.toml",
           "--replications", "200", "--variants", "3"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("too few to test"));
  EXPECT_THAT(ran.out, HasSubstr("fault.power.where"));
  EXPECT_THAT(ran.out, HasSubstr("Variants tried before: 3"));
}

// A file given twice, and another file of the same incident.
TEST(BacktestCommand, CountsAnIncidentOnce) {
  const Scratch scratch;
  const std::string name = "openai-2024-12-26-supplier-power.toml";
  const fs::path from = source_tree() / "scenarios";
  for (const std::string folder : {"systems", "profiles"}) {
    fs::copy(from / folder, scratch.path() / folder,
             fs::copy_options::recursive);
  }
  const fs::path other = scratch.path() / "other.toml";
  std::ofstream(other) << file_text(from / name) << "# Read anew.\n";
  const std::string power = "scenarios/" + name;
  const Ran ran =
      run({"backtest", "--replications", "20", power, power, other.string()});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Places of 1 incident "));
  EXPECT_THAT(ran.out, HasSubstr("2 scenarios of an incident that another "
                                 "tells"));
  EXPECT_THAT(ran.out, HasSubstr("other (as openai-2024-12-26"));
  EXPECT_THAT(ran.out, HasSubstr("too few to test"));
}

TEST(BacktestCommand, RefusesAScenarioWithoutARecord) {
  const Ran ran = run({"backtest", "scenarios/first-steps.toml"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("[[observed]]"));
}

}  // namespace
}  // namespace outagesim::testing

#include "viz/run_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "models/base/text.h"
#include "tests/sim/small_model.h"
#include "viz/plain_text.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A hundred runs: chat is out for 1, 2, … 100 min, video never.
Summary hundred_runs(const Model& model) {
  Summary summary(model);
  for (int i = 1; i <= 100; ++i) {
    Replication replication = testing::quiet_replication(model);
    replication.outages = {testing::outage(0, 0, 60.0 * i)};
    summary.add(replication);
  }
  return summary;
}

std::string report_of(const Model& model, const Summary& summary,
                      const TextStyle& style = {}) {
  Scenario scenario;
  scenario.path = "scenarios/power.toml";
  scenario.horizon = model.horizon;
  RunInfo info;
  info.asked = info.finished = summary.replications();
  info.seed = 7;
  info.wall_time = Seconds{1.5};
  std::vector<FaultBlast> structural(1);
  structural[0].with_redundancy.services = {0, 1};
  structural[0].with_redundancy.products = {0};
  structural[0].switch_over_off.services = {0, 1, 2};
  return run_report({scenario, summary, info, structural}, style);
}

TEST(RunReport, SaysTheResultInASentence) {
  const Model model = testing::small_model();
  EXPECT_THAT(report_of(model, hundred_runs(model)),
              HasSubstr("scenarios/power.toml\n"
                        "100 runs of 2 d, seed 7, in 1.5 s\n"
                        "\n"
                        "In the middle case an outage lasts: Chat for 50 min; "
                        "one in twenty of them is longer\n"
                        "than 95 min. video is never out in 100 runs.\n"));
}

TEST(RunReport, FitsAHundredColumns) {
  const Model model = testing::small_model();
  std::istringstream lines(report_of(model, hundred_runs(model)));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(display_width(line), 100) << line;
  }
}

void expect_fitting(const std::string& text, std::size_t width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(RunReport, FitsAnyTerminalInAsciiToo) {
  const Model model = testing::small_model();
  const Summary summary = hundred_runs(model);
  for (const std::size_t width : {40u, 60u, 80u, 120u}) {
    for (const bool ascii : {false, true}) {
      const TextStyle style{.ascii = ascii, .width = width};
      const std::string text = printed(report_of(model, summary, style), style);
      expect_fitting(text, width);
      const bool only_ascii =
          std::ranges::all_of(text, [](char c) { return c >= 0; });
      EXPECT_EQ(only_ascii, ascii);
    }
  }
}

TEST(RunReport, TellsTheStructuralBlastBothWays) {
  const Model model = testing::small_model();
  EXPECT_THAT(report_of(model, hundred_runs(model)),
              HasSubstr("it takes 2 of 3 services, with Chat;\n    with "
                        "switch-over off, 3 of 3 services.\n"));
}

TEST(RunReport, UsesColourOnlyWhenAsked) {
  const Model model = testing::small_model();
  const Summary summary = hundred_runs(model);
  EXPECT_THAT(report_of(model, summary), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(report_of(model, summary, {.colour = true}),
              HasSubstr("\x1b[1mChat\x1b[0m: an outage"));
}

TEST(RunReport, SaysWhenARunWasStopped) {
  const Model model = testing::small_model();
  const Summary summary = hundred_runs(model);
  const Scenario scenario;
  RunInfo info;
  info.asked = 1000;
  info.finished = 100;
  info.partial = true;
  const std::vector<FaultBlast> none;
  EXPECT_THAT(run_report({scenario, summary, info, none}, {}),
              HasSubstr("100 of 1,000 runs"));
}

TEST(RunReport, LeavesOutWhatNobodyRecorded) {
  const Model model = testing::small_model();
  EXPECT_THAT(report_of(model, hundred_runs(model)),
              Not(HasSubstr("Where reality fell")));
}

}  // namespace
}  // namespace outagesim

// The page as a user gets it: written whole, self-contained, hostile names in
// it harmless. How it behaves in a browser is tests/browser's matter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

using nlohmann::json;
using testing::file_text;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;
using testing::run;
using testing::Scratch;

constexpr const char* kScenario = "tests/cli/two-products.toml";
constexpr const char* kPower =
    "scenarios/openai-2024-12-26-supplier-power.toml";

json data_of(const std::string& page) {
  const std::string mark = "id=\"data\">";
  const std::size_t begin = page.find(mark) + mark.size();
  return json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

TEST(ReportCommand, WritesOnePageAndSaysSo) {
  const Scratch scratch;
  const std::string file = (scratch.path() / "new/page.html").string();
  const Ran ran =
      run({"report", kScenario, "-o", file, "--replications", "200"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("wrote " + file + " ("));
  const std::string page = file_text(file);
  EXPECT_LT(page.size(), 2'500'000u);
  const json data = data_of(page);
  EXPECT_EQ(data["title"], kScenario);
  EXPECT_EQ(data["cards"].size(), 4u);
  EXPECT_THAT(data["provenance"]["command"].get<std::string>(),
              HasSubstr("outagesim report tests/cli/two-products.toml -o "));
}

TEST(ReportCommand, BeginsWithASentenceThatSaysItAll) {
  const Scratch scratch;
  const std::string file = (scratch.path() / "page.html").string();
  const Ran ran = run({"report", kPower, "-o", file, "--replications", "2000"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const json data = data_of(file_text(file));
  const std::string headline = data["headline"];
  EXPECT_THAT(headline,
              HasSubstr("The fault “power” at supplier's region (c) takes "
                        "ChatGPT down for "));
  EXPECT_THAT(headline, HasSubstr(" in the middle case; 9 in 10 outages end "
                                  "within "));
  EXPECT_THAT(headline,
              HasSubstr("“automatic failover” would cut the middle case to "));
  EXPECT_EQ(data["replays"].size(), 3u) << "middle, worst, recorded";
  EXPECT_EQ(data["strategies"]["rows"].size(), 8u);
  EXPECT_EQ(data["reality"]["rows"].size(), 5u);
}

TEST(ReportCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const Scratch scratch;
  std::vector<json> pages;
  for (const std::string threads : {"1", "8"}) {
    const std::string file = (scratch.path() / "page.html").string();
    const Ran ran = run({"report", kPower, "-o", file, "--replications", "300",
                         "--threads", threads});
    ASSERT_EQ(ran.code, 0) << ran.err;
    pages.push_back(data_of(file_text(file)));
    pages.back().erase("provenance");  // holds the command
  }
  EXPECT_EQ(pages[0], pages[1]);
}

TEST(ReportCommand, ComesWithRunAndCompareToo) {
  const Scratch scratch;
  const std::string of_run = (scratch.path() / "run.html").string();
  const std::string of_compare = (scratch.path() / "compare.html").string();
  EXPECT_EQ(run({"run", kPower, "--quiet", "--replications", "100", "--report",
                 of_run})
                .code,
            0);
  EXPECT_EQ(run({"compare", kPower, "--quiet", "--replications", "100",
                 "--strategy", "faster-restart", "--report", of_compare})
                .code,
            0);
  EXPECT_TRUE(data_of(file_text(of_run))["strategies"].is_null());
  EXPECT_EQ(data_of(file_text(of_compare))["strategies"]["rows"].size(), 2u);
}

// The baseline is simulated once: by the comparison, or alone.
TEST(ReportCommand, TellsTheSameOfTheBaselineWithAndWithoutStrategies) {
  const Scratch scratch;
  const std::string file = (scratch.path() / "page.html").string();
  const auto page = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--quiet", "--replications", "100"});
    EXPECT_EQ(run(words).code, 0);
    return data_of(file_text(file));
  };
  const json report = page({"report", kPower, "-o", file});
  const json compare = page({"compare", kPower, "--report", file});
  const json alone = page({"run", kPower, "--report", file});
  for (const char* part : {"bands", "metrics", "recovery", "replays", "stages",
                           "people", "reality"}) {
    EXPECT_EQ(report[part], alone[part]) << part;
    EXPECT_EQ(compare[part], alone[part]) << part;
  }
  EXPECT_EQ(report["headline"], compare["headline"]);
  EXPECT_EQ(report["strategies"], compare["strategies"]);
}

TEST(ReportCommand, TellsHowSurelyObjectivesAreMet) {
  const Scratch scratch;
  const std::string file = (scratch.path() / "page.html").string();
  ASSERT_EQ(run({"report", "scenarios/openai-year.toml", "-o", file, "--quiet",
                 "--replications", "50"})
                .code,
            0);
  const json data = data_of(file_text(file));
  const json& table = data["tables"][0];
  EXPECT_EQ(table["title"], "Objectives");
  EXPECT_EQ(table["rows"].size(), 4u) << "three, and all at once";
  EXPECT_THAT(
      table["sentence"].get<std::string>(),
      HasSubstr("Over 50 runs, hardest to meet is “api-mttr” (API, MTTR "
                "at most 2 h each 365 d): "));
  EXPECT_EQ(table["command"],
            "outagesim slo scenarios/openai-year.toml --replications 50 --seed "
            "1");
  const Ran slo = run(
      {"slo", "scenarios/openai-year.toml", "--quiet", "--replications", "50"});
  EXPECT_THAT(slo.out, HasSubstr(table["rows"][0][3].get<std::string>()));
}

TEST(ReportCommand, RefusesAFileThatIsNone) {
  const Ran ran = run({"report", kScenario, "-o", "folder/"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("--output: expected a file such as "
                                 "report.html, found \"folder/\""));
}

TEST(ReportCommand, LeavesNothingWhereItCannotWrite) {
  const Ran ran = run({"report", kScenario, "-o", "/proc/none/page.html",
                       "--replications", "20"});
  EXPECT_EQ(ran.code, 4);
}

TEST(ReportCommand, KeepsHostileNamesFromEndingTheData) {
  const Scratch scratch;
  const std::string scenario = (scratch.path() / "hostile.toml").string();
  const std::string evil = "</script><script>alert(1)</script><!--";
  std::ofstream(scenario) << "format = 1\n[scenario]\nstart = "
                             "2024-12-26T18:40:00Z\nhorizon = \"4 h\"\nshows = "
                             "'''"
                          << evil << "'''\n[service.shop]\nkind = \"product\"\n"
                          << "label = '''" << evil << std::string(10000, 'x')
                          << "'''\n[fault.power]\nat = \"0 min\"\nwhere = "
                             "\"shop\"\neffect = \"down\"\nends = \"1 h\"\n";
  const std::string file = (scratch.path() / "page.html").string();
  const Ran ran = run({"report", scenario, "-o", file, "--replications", "20"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const std::string page = file_text(file);
  EXPECT_THAT(page, Not(HasSubstr("alert(1)</script>")));
  EXPECT_EQ(data_of(page)["shows"], evil);
}

}  // namespace
}  // namespace outagesim

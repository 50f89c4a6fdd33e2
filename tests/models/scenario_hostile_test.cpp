// Input that nobody means well with: huge, deep, endless, or no file at all.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/base/error.h"
#include "models/scenario/load.h"
#include "models/scenario/text_file.h"
#include "tests/models/scenario_text.h"

namespace outagesim {
namespace {

std::string mistakes_in(const std::string& path,
                        const std::vector<std::string>& set = {}) {
  try {
    load_scenario(path, {set});
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

// What is wrong with a small shop under these settings.
std::string mistakes_of(const std::vector<std::string>& set) {
  return mistakes_in(write("shop.toml", std::string(kFrame) + R"toml(
[service.db]
[service.shop]
needs.db = "hard"
[fault.power]
at = "0 min"
where = "db"
ends = "2 h"
)toml"),
                     set);
}

TEST(HostileInput, RefusesTenMegabytesOfBrackets) {
  std::string brackets;
  brackets.resize(10'000'000, '[');
  EXPECT_NE(mistakes_in(write("brackets.toml", brackets)), "");
  const std::string said = mistakes_in(write("lists.toml", "a = " + brackets));
  EXPECT_NE(said.find("exceeded maximum nested value depth"), std::string::npos)
      << said.substr(0, 200);
  EXPECT_LT(said.size(), 1000u);
}

TEST(HostileInput, RefusesKeysThatWouldExhaustTheStack) {
  std::string key = "a";
  for (int i = 0; i < 1'000'000; ++i) key += ".a";
  const std::string path = write("deep-key.toml", key + " = 1\n");
  EXPECT_EQ(mistakes_in(path),
            path + ": error: a key has more than 64 dotted parts\n");
  const std::string table = write("deep-table.toml", "[" + key + "]\n");
  EXPECT_EQ(mistakes_in(table),
            table + ": error: a key has more than 64 dotted parts\n");
}

TEST(HostileInput, CountsOnlyTheDotsOfKeys) {
  EXPECT_FALSE(nests_too_deep(R"(a = "1.2.3.4.5" # ................)"
                              "\nb = '''" +
                              std::string(100, '.') + "'''\n"));
  EXPECT_FALSE(nests_too_deep("c = [1.5, 2.5]\n"));
  EXPECT_FALSE(nests_too_deep(R"(d = "\"")" + std::string(50, '.')));
  EXPECT_TRUE(nests_too_deep("\"x\" . " + [] {
    std::string key;
    for (int i = 0; i < 70; ++i) key += "'y' . ";
    return key;
  }()));
}

TEST(HostileInput, RefusesWhatIsNoFile) {
  EXPECT_EQ(mistakes_in("/nonexistent/shop.toml"),
            "/nonexistent/shop.toml: error: there is no such file\n");
  const std::string folder = testing::TempDir();
  EXPECT_EQ(mistakes_in(folder),
            folder + ": error: this is a folder, not a file\n");
  EXPECT_EQ(mistakes_in("/dev/zero"),
            "/dev/zero: error: this is not a text file: byte 1 is zero\n");
}

TEST(HostileInput, ReadsAHugeLine) {
  std::string services;
  for (int i = 0; i < 50'000; ++i) {
    services += (i == 0 ? "" : ", ") + ("s" + std::to_string(i)) + " = {}";
  }
  EXPECT_EQ(mistakes_in(write("line.toml", "service = { " + services + " }\n" +
                                               std::string(kFrame))),
            "");
}

TEST(HostileInput, PrintsAtMostAHundredMistakes) {
  std::string text(kFrame);
  for (int i = 0; i < 20'000; ++i) {
    text += "[service.s" + std::to_string(i) + "]\nneeds = [\"x\"]\n";
  }
  const std::string said = mistakes_in(write("many.toml", text));
  EXPECT_TRUE(said.ends_with("and 19900 more\n"));
}

TEST(Settings, NeedAnEqualsSign) {
  EXPECT_EQ(mistakes_of({"scenario.horizon"}),
            "--set:1:1: error: a setting is written path=value\n"
            "    1 | scenario.horizon\n"
            "      | ^^^^^^^^^^^^^^^^  for example --set "
            "scenario.horizon=\"48 h\"\n");
}

TEST(Settings, ReportUnknownKeysAndNamesWhereTheyStand) {
  EXPECT_EQ(mistakes_of({"scenario.horizn=3 h", "fault.powr.ends=3 h"}),
            "--set:1:7: error: nothing is named \"powr\"\n"
            "    1 | fault.powr.ends=3 h\n"
            "      |       ^^^^  did you mean \"power\"?\n"
            "--set:1:10: error: unknown key \"horizn\" in [scenario]\n"
            "    1 | scenario.horizn=3 h\n"
            "      |          ^^^^^^  did you mean \"horizon\"?\n");
}

TEST(Settings, ReportWrongValuesTypedWithoutQuotes) {
  EXPECT_EQ(mistakes_of({"fault.power.ends=exponential(mean 3)"}),
            "--set:1:35: error: mean: expected a duration such as \"30 s\" or "
            "\"5 min\", found \"3\": the unit is missing\n"
            "    1 | fault.power.ends=exponential(mean 3)\n"
            "      |                                   ^\n");
}

TEST(Settings, DoNotReachIntoWhatIsNoTable) {
  EXPECT_EQ(mistakes_of({"service.shop.needs.db.share=20 %"}),
            "--set:1:20: error: \"db\" is not a table\n"
            "    1 | service.shop.needs.db.share=20 %\n"
            "      |                    ^^  set the whole of it\n");
}

TEST(Settings, CannotNameAnotherSystemFile) {
  EXPECT_EQ(mistakes_of({"system=systems/other.toml"}),
            "--set:1:1: error: a setting cannot name another system file\n"
            "    1 | system=systems/other.toml\n"
            "      | ^^^^^^  write it in the scenario, or in a copy of it\n");
}

TEST(Settings, MayMakeAWholeNewThing) {
  EXPECT_EQ(mistakes_of({"service.cache={kind=\"infrastructure\"}",
                         "service.shop.needs.cache=soft"}),
            "");
}

TEST(Settings, AreNotConfusedByNonsense) {
  for (const std::string setting :
       {"", "=", "=3", ".=3", "a..b=3", "a=\"", "\"=3", "a b=3", "scenario=3",
        "service=3", "service.shop=3", "format=2"}) {
    EXPECT_NE(mistakes_of({setting}), "") << setting;
  }
}

}  // namespace
}  // namespace outagesim

// What the loader makes of scenarios that are right.
#include "models/scenario/load.h"

#include <gtest/gtest.h>

#include "tests/models/scenario_text.h"

namespace outagesim {
namespace {

TEST(LoadScenario, ReadsTheFrame) {
  const Scenario scenario = load(R"toml(
shows = "a shop"
outage_below = "95 %"
outage_ends_after = "10 min"
substantial = "80 %"
parallel_correlation = 0.25
[service.shop]
)toml");
  EXPECT_EQ(scenario.shows, "a shop");
  EXPECT_EQ(scenario.start.seconds, 1735238400);
  EXPECT_EQ(scenario.horizon, Seconds{48 * 3600.0});
  EXPECT_EQ(scenario.outage.below, Fraction{0.95});
  EXPECT_EQ(scenario.outage.ends_after, Seconds{600});
  EXPECT_EQ(scenario.outage.substantial, Fraction{0.8});
  EXPECT_EQ(scenario.parallel_correlation, 0.25);
}

TEST(LoadScenario, TakesTheOffsetFromUtcIntoAccount) {
  const Scenario scenario = load_scenario(write("offset.toml", R"toml(format = 1
[scenario]
start = 2024-12-26T21:40:00+03:00
horizon = "1 h"
[service.shop]
)toml"));
  EXPECT_EQ(scenario.start.seconds, 1735238400);
}

TEST(LoadScenario, KeepsServicesInTheOrderTheyAreWritten) {
  const Scenario scenario = load("[service.b]\n[service.a]\n[service.c]\n");
  ASSERT_EQ(scenario.services.size(), 3u);
  EXPECT_EQ(scenario.services[0].name, "b");
  EXPECT_EQ(scenario.services[1].name, "a");
  EXPECT_EQ(scenario.services[2].name, "c");
  EXPECT_EQ(scenario.services[1].at.line, 6u);
  EXPECT_EQ(scenario.services[1].at.column, 10u);
}

TEST(LoadScenario, MakesCellsFromANumber) {
  const Scenario scenario = load("[service.db]\ncells = { number = 20 }\n");
  const std::vector<Cell>& cells = scenario.services[0].cells;
  ASSERT_EQ(cells.size(), 20u);
  EXPECT_EQ(cells[0].name, "1");
  EXPECT_EQ(cells[19].name, "20");
  EXPECT_EQ(cells[7].size, 1);
}

// The quantiles of uniform(0, 8) at 1/8, 3/8, 5/8 and 7/8.
TEST(LoadScenario, MakesCellSizesFromALaw) {
  const Scenario scenario =
      load("[service.db]\ncells = { number = 4, size = \"uniform(0, 8)\" }\n");
  const std::vector<Cell>& cells = scenario.services[0].cells;
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_DOUBLE_EQ(cells[0].size, 1);
  EXPECT_DOUBLE_EQ(cells[1].size, 3);
  EXPECT_DOUBLE_EQ(cells[3].size, 7);
}

TEST(LoadScenario, ReadsNamedAndSharedCells) {
  const Scenario scenario = load(R"toml([service.zones]
cells = { b = 2, a = 1.5 }
[service.db]
cells = "zones"
)toml");
  ASSERT_EQ(scenario.services[0].cells.size(), 2u);
  EXPECT_EQ(scenario.services[0].cells[0].name, "b");
  EXPECT_EQ(scenario.services[0].cells[0].size, 2);
  ASSERT_TRUE(scenario.services[1].cells_of);
  EXPECT_EQ(scenario.services[1].cells_of->name, "zones");
}

TEST(LoadScenario, ReadsNeedsAsAList) {
  const Scenario scenario = load(R"toml([service.db]
cells = { a = 1, b = 1 }
[service.cache]
[service.shop]
needs = ["db.b", "cache"]
)toml");
  const std::vector<Need>& needs = scenario.services[2].needs;
  ASSERT_EQ(needs.size(), 2u);
  EXPECT_EQ(needs[0].kind, NeedKind::kHard);
  EXPECT_EQ(needs[0].targets[0].service.name, "db");
  ASSERT_EQ(needs[0].targets[0].cells.named.size(), 1u);
  EXPECT_EQ(needs[0].targets[0].cells.named[0].name, "b");
  EXPECT_EQ(needs[1].targets[0].service.name, "cache");
  EXPECT_EQ(needs[1].targets[0].cells.how, CellChoice::How::kAll);
}

TEST(LoadScenario, ReadsNeedsByName) {
  const Scenario scenario = load(R"toml([service.a]
[service.b]
[service.c]
[service.shop]
needs.a = "soft"
needs.dns = { kind = "cached", on = "b", life = "20 min", refill = "5 min" }
needs.place = { kind = "any", of = ["a", "b"], switch = "by hand" }
needs.copies = { kind = "quorum", of = ["a", "b", "c"], at_least = 2 }
)toml");
  const std::vector<Need>& needs = scenario.services[3].needs;
  ASSERT_EQ(needs.size(), 4u);
  EXPECT_EQ(needs[0].kind, NeedKind::kSoft);
  EXPECT_EQ(needs[1].name, "dns");
  EXPECT_EQ(needs[1].targets[0].service.name, "b");
  ASSERT_TRUE(needs[1].grace);
  EXPECT_EQ(*needs[1].grace, Distribution(Uniform{0, 1200}));
  EXPECT_EQ(*needs[1].refill, Distribution(Fixed{300}));
  EXPECT_EQ(needs[2].kind, NeedKind::kAny);
  EXPECT_EQ(needs[2].switch_by, SwitchBy::kHand);
  EXPECT_EQ(needs[2].targets.size(), 2u);
  EXPECT_EQ(needs[3].at_least, 2u);
}

TEST(LoadScenario, TakesADotForPartOfAServiceNameIfThereIsOne) {
  const Scenario scenario = load(R"toml([service."db.a"]
[service.db]
cells = { a = 1, b = 1 }
[service.shop]
needs = ["db.a", "db.b"]
)toml");
  const std::vector<Need>& needs = scenario.services[2].needs;
  EXPECT_EQ(needs[0].targets[0].service.name, "db.a");
  EXPECT_TRUE(needs[0].targets[0].cells.named.empty());
  EXPECT_EQ(needs[1].targets[0].service.name, "db");
}

TEST(LoadScenario, MergesASystemFile) {
  write("merge/systems/shop.toml", R"toml([service.db]
[service.shop]
kind = "product"
needs = ["db"]
)toml");
  const std::string path = write("merge/a.toml", R"toml(format = 1
system = "systems/shop.toml"
[scenario]
start = 2024-12-26T18:40:00Z
horizon = "48 h"
[service.bank]
)toml");
  const Scenario scenario = load_scenario(path);
  ASSERT_EQ(scenario.services.size(), 3u);
  EXPECT_EQ(scenario.services[0].name, "bank");
  EXPECT_EQ(scenario.services[1].name, "db");
  EXPECT_TRUE(
      scenario.services[2].at.file->path.ends_with("merge/systems/shop.toml"));
}

TEST(LoadScenario, ReadsNamesInAnyScript) {
  const Scenario scenario = load(R"toml(
["service"."قاعدة البيانات"]
label = "قاعدة البيانات"
["service"."المتجر"]
kind = "product"
needs = ["قاعدة البيانات"]
)toml");
  ASSERT_EQ(scenario.services.size(), 2u);
  EXPECT_EQ(scenario.services[1].needs[0].targets[0].service.name,
            "قاعدة البيانات");
}

TEST(LoadScenario, SettingsReplaceAndAdd) {
  const Scenario scenario =
      load(R"toml([service.db]
[service.shop]
needs.db = { kind = "hard" }
[fault.power]
at = "0 min"
where = "db"
ends = "2 h"
)toml",
           {{"fault.power.ends=30 min", "scenario.horizon = \"3 h\"",
             "service.shop.needs.db.share=20 %", "service.shop.sticky=true",
             R"(service."shop".label='The "Shop"')"}});
  EXPECT_EQ(*scenario.faults[0].ends, Distribution(Fixed{1800}));
  EXPECT_EQ(scenario.horizon, Seconds{3 * 3600.0});
  EXPECT_EQ(scenario.services[1].needs[0].share, Fraction{0.2});
  EXPECT_TRUE(scenario.services[1].sticky);
  EXPECT_EQ(scenario.services[1].label, "The \"Shop\"");
}

}  // namespace
}  // namespace outagesim

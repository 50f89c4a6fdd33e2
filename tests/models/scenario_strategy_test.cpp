// Strategies: what their patches do to a scenario, and libraries of them. Exact
// texts of mistakes: tests/broken/strategy-*.
#include "models/scenario/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/models/strategy_fixture.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

TEST(Strategy, ThatChangesNothingLeavesTheScenarioAsItIs) {
  const StrategySet set = load_set("[strategy.nothing]\nwhy = \"idle\"\n");
  EXPECT_EQ(set.strategies.at(0).strategy.name, "nothing");
  EXPECT_EQ(set.strategies.at(0).strategy.why, "idle");
  EXPECT_EQ(service_names(first(set)), service_names(set.baseline));
  EXPECT_EQ(keys_of(first(set)), keys_of(set.baseline));
  EXPECT_EQ(service(first(set), "shop").needs.size(), 3u);
}

TEST(Strategy, SetsAValueByPattern) {
  const StrategySet set = load_set(R"toml(
[strategy.auto]
why = "no hands"
price = { once = "2 MUSD", per_year = "500 kUSD" }
set = { "service.db-*.needs.place.switch" = "automatic" }
)toml");
  EXPECT_EQ(need(first(set), "db-a", "place").switch_by, SwitchBy::kAutomatic);
  EXPECT_EQ(need(first(set), "db-b", "place").switch_by, SwitchBy::kAutomatic);
  EXPECT_EQ(need(set.baseline, "db-b", "place").switch_by, SwitchBy::kHand);
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 2e6);
  EXPECT_EQ(set.strategies[0].strategy.price_per_year.value, 5e5);
}

TEST(Strategy, ReachesIntoAListOfNeeds) {
  const StrategySet set = load_set(R"toml(
[strategy.soft]
why = "go on without the cache"
set = { "service.shop.needs.cache.kind" = "soft" }
)toml");
  const Service& shop = service(first(set), "shop");
  ASSERT_EQ(shop.needs.size(), 3u);
  EXPECT_EQ(shop.needs[1].name, "zone");
  EXPECT_EQ(shop.needs[2].kind, NeedKind::kSoft);
  EXPECT_EQ(shop.needs[0].kind, NeedKind::kHard);
}

TEST(Strategy, ReplacesAWholeNeedInItsPlace) {
  const StrategySet set = load_set(R"toml(
[strategy.two]
why = "two suppliers"
set = { "service.shop.needs.zone" = { kind = "any", of = ["zone", "spare"] } }
)toml");
  const Service& shop = service(first(set), "shop");
  EXPECT_EQ(shop.needs[1].name, "zone");
  EXPECT_EQ(shop.needs[1].kind, NeedKind::kAny);
}

TEST(Strategy, SplitsAServiceIntoCells) {
  const StrategySet set = load_set(R"toml(
[strategy.cells]
why = "smaller blast radius"
set = { "service.cache.cells" = { number = 4 } }
)toml");
  EXPECT_EQ(service(first(set), "cache").cells.size(), 4u);
}

TEST(Strategy, RemovesAndAddsNamedThings) {
  const StrategySet set = load_set(R"toml(
[strategy.rebuild]
why = "a gateway in place of the cache"
remove = ["service.cache", "service.shop.needs.cache"]
[strategy.rebuild.add.service.gateway]
needs = ["spare"]
[strategy.rebuild.add.team.ops]
responders = 2
)toml");
  EXPECT_EQ(service_names(first(set)),
            (std::vector<std::string>{"zone", "spare", "db-a", "db-b", "shop",
                                      "gateway"}));
  EXPECT_EQ(service(first(set), "shop").needs.size(), 2u);
  EXPECT_EQ(first(set).teams.at(0).responders, 2u);
}

TEST(Strategy, ChangesEveryHardNeedOfASupplier) {
  const StrategySet set = load_set(R"toml(
[strategy.second]
why = "a second supplier"
[strategy.second.add.service.other]
kind = "supplier"
[[strategy.second.change]]
each = "need"
where = { kind = "hard", of_kind = "supplier" }
one = true
becomes = { kind = "any", of = ["{target}", "other"] }
)toml");
  const Need& zone = need(first(set), "shop", "zone");
  EXPECT_EQ(zone.kind, NeedKind::kAny);
  EXPECT_EQ(zone.targets.at(0).service.name, "zone");
  EXPECT_EQ(zone.targets.at(1).service.name, "other");
  EXPECT_EQ(need(first(set), "shop", "db-a").kind, NeedKind::kHard);
}

TEST(Strategy, AddsSomethingForEachThingThatIsHit) {
  const StrategySet set = load_set(R"toml(
[strategy.echo]
why = "a common cause strikes the spare too"
[[strategy.echo.change]]
each = "fault"
where = { of_kind = "supplier" }
add.fault."{name}-too" = { when = "fault {name} started", happens = "10 %", where = "spare", ends = "1 h" }
)toml");
  ASSERT_EQ(first(set).faults.size(), 2u);
  EXPECT_EQ(first(set).faults[1].name, "power-too");
  EXPECT_TRUE(std::holds_alternative<When>(first(set).faults[1].trigger.when));
}

TEST(Strategy, MayMissWhatASystemDoesNotHave) {
  const StrategySet set = load_set(R"toml(
[strategy.library]
why = "for systems with quorums"
[[strategy.library.change]]
each = "need"
where = { kind = "quorum" }
may_miss = true
remove = true
)toml");
  EXPECT_EQ(keys_of(first(set)), keys_of(set.baseline));
}

TEST(Strategy, ForgetsMarksOfWhatItTookAway) {
  const std::string path = write("strategy/marks.toml", R"toml(format = 1
[scenario]
start = 2024-12-26T18:40:00Z
horizon = "48 h"
from_incident = ["service.shop.needs.db", "fault.power.at"]
[service.db]
[service.shop]
needs.db = "hard"
[fault.power]
at = "0 min"
where = "shop"
ends = "1 h"
[strategy.alone]
why = "no database"
remove = "service.shop.needs.db"
)toml");
  const StrategySet set = load_with_strategies(path);
  EXPECT_EQ(set.baseline.from_incident.size(), 2u);
  EXPECT_EQ(first(set).from_incident.size(), 1u);
}

TEST(Strategy, OfALibraryFitsAnySystem) {
  write("strategy/parts/library.toml", R"toml(format = 1
[strategy.patient]
why = "no hands"
[[strategy.patient.change]]
each = "need"
where = { kind = "any" }
set = { switch = "automatic" }
)toml");
  const std::string path =
      write("strategy/user.toml", "system = \"parts/library.toml\"\n" +
                                      std::string(kFrame) + std::string(kShop));
  const StrategySet set = load_with_strategies(path);
  EXPECT_EQ(need(first(set), "db-b", "place").switch_by, SwitchBy::kAutomatic);
}

// A scenario beside a copy of the shipped library, which it includes.
std::string path_with_library(std::string_view rest) {
  namespace fs = std::filesystem;
  const std::string test =
      testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string path = write("redundancy/" + test + "/user.toml",
                                 "system = \"supplier-redundancy.toml\"\n" +
                                     std::string(kFrame) + std::string(rest));
  fs::copy_file(source_tree() / "scenarios/strategies/supplier-redundancy.toml",
                fs::path(path).parent_path() / "supplier-redundancy.toml",
                fs::copy_options::overwrite_existing);
  return path;
}

TEST(SupplierRedundancy, GivesEveryHardNeedOfASupplierASecondOne) {
  const StrategySet set =
      load_with_strategies(path_with_library(kShop), {}, {"supplier-second"});
  const Need& zone = need(first(set), "shop", "zone");
  EXPECT_EQ(zone.kind, NeedKind::kAny);
  EXPECT_EQ(zone.targets.at(1).service.name, "second-supplier");
  EXPECT_EQ(first(set).faults.at(1).name, "power-at-second");
}

TEST(SupplierRedundancy, LeavesASystemWithoutSuppliersAsItIs) {
  const StrategySet set = load_with_strategies(
      path_with_library("[service.shop]\nkind = \"product\"\n"), {},
      {"supplier-failover", "supplier-soft"});
  EXPECT_EQ(keys_of(set.strategies.at(0).scenario), keys_of(set.baseline));
  EXPECT_EQ(keys_of(set.strategies.at(1).scenario), keys_of(set.baseline));
}

TEST(ShippedScenarios, CompareAtLeastFiveStrategiesOfWhatWasAnnounced) {
  for (const std::string name : {"openai-2024-12-26-supplier-power.toml",
                                 "openai-2024-12-11-telemetry.toml"}) {
    const StrategySet set = load_with_strategies(
        (source_tree() / "scenarios").string() + "/" + name);
    EXPECT_GE(set.strategies.size(), 5u) << name;
  }
}

}  // namespace
}  // namespace outagesim

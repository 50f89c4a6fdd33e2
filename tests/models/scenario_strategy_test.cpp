// Strategies: what their patches do to a scenario, what they cost, and how
// their mistakes are told. Exact texts of mistakes: tests/broken/strategy-*.
#include "models/scenario/strategy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "models/base/error.h"
#include "models/compiled/compile.h"
#include "tests/models/scenario_text.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

constexpr std::string_view kShop = R"toml(
[service.zone]
kind = "supplier"
[service.spare]
kind = "supplier"
[service.db-a]
needs.place = { kind = "any", of = ["zone", "spare"], switch = "by hand" }
[service.db-b]
needs.place = { kind = "any", of = ["zone", "spare"], switch = "by hand" }
[service.cache]
[service.shop]
kind = "product"
needs = ["db-a", "zone", "cache"]
[fault.power]
at = "0 min"
where = "zone"
ends = "1 h"
)toml";

std::string path_of_test(std::string_view rest) {
  const std::string name =
      testing::UnitTest::GetInstance()->current_test_info()->name();
  return write("strategy/" + name + ".toml",
               std::string(kFrame) + std::string(kShop) + std::string(rest));
}

StrategySet load_set(std::string_view rest,
                     const std::vector<std::string>& names = {},
                     const LoadOptions& options = {}) {
  return load_with_strategies(path_of_test(rest), options, names);
}

const Service& service(const Scenario& scenario, const std::string& name) {
  return *std::ranges::find(scenario.services, name, &Service::name);
}
const Need& need(const Scenario& scenario, const std::string& owner,
                 const std::string& name) {
  return *std::ranges::find(service(scenario, owner).needs, name, &Need::name);
}
const Scenario& first(const StrategySet& set) {
  return set.strategies.at(0).scenario;
}

std::vector<std::string> service_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Service& one : scenario.services) names.push_back(one.name);
  return names;
}

// Every key that a random stream is known by, and every node by its name.
std::vector<std::string> keys_of(const Scenario& scenario) {
  const Model model = compile(scenario);
  std::vector<std::string> keys;
  for (NodeId id = 0; id < model.graph.nodes.size(); ++id) {
    keys.push_back(node_name(model.graph, id));
  }
  for (const CompiledNeed& one : model.graph.needs) {
    keys.push_back(std::to_string(one.owner) + " " +
                   std::to_string(one.law_key));
  }
  for (const CompiledFault& one : model.plan.faults) keys.push_back(one.name);
  for (const CompiledRemedy& one : model.plan.remedies) {
    keys.push_back(one.name);
  }
  for (const CompiledResponse& one : model.plan.responses) {
    keys.push_back(one.name);
  }
  return keys;
}

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

constexpr std::string_view kThree = R"toml(
[strategy.a]
why = "A"
price = { once = "1 MUSD" }
set = { "service.cache.head_room" = "10 %" }
[strategy.b]
why = "B"
price = { once = "2 MUSD", per_year = "1 kUSD" }
set = { "service.cache.head_room" = "20 %" }
[strategy.both]
why = "both"
combines = ["a", "b"]
[strategy.cheaper]
why = "both at once"
price = { once = "2.5 MUSD" }
combines = ["b", "a"]
)toml";

TEST(Strategy, CombinesInOrderAtTheSumOfThePrices) {
  const StrategySet set = load_set(kThree, {"both", "cheaper"});
  ASSERT_EQ(set.strategies.size(), 2u);
  EXPECT_EQ(service(first(set), "cache").head_room.value, 0.2);
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 3e6);
  EXPECT_EQ(set.strategies[0].strategy.price_per_year.value, 1e3);
  const StrategyScenario& cheaper = set.strategies[1];
  EXPECT_EQ(service(cheaper.scenario, "cache").head_room.value, 0.1);
  EXPECT_EQ(cheaper.strategy.price_once.value, 2.5e6);
}

TEST(Strategy, IsCombinedForTheOccasion) {
  const StrategySet set = load_set(kThree, {"b + a", "a"});
  EXPECT_EQ(set.strategies.at(0).strategy.name, "b + a");
  EXPECT_EQ(set.strategies[0].strategy.why, "B; A");
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 3e6);
  EXPECT_EQ(set.strategies[0].strategy.combines,
            (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(service(first(set), "cache").head_room.value, 0.1);
  EXPECT_EQ(set.strategies.at(1).strategy.name, "a");
}

TEST(Strategy, IsPaidOnceHoweverOftenItIsCombined) {
  const StrategySet set = load_set(kThree, {"a + both"});
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 3e6);
}

TEST(Strategy, ComesAfterTheSettingsOfTheCommandLine) {
  const StrategySet set = load_set(
      kThree, {"a"},
      {{"service.cache.head_room=\"5 %\"", "strategy.a.price.once=\"7 USD\""}});
  EXPECT_EQ(service(set.baseline, "cache").head_room.value, 0.05);
  EXPECT_EQ(service(first(set), "cache").head_room.value, 0.1);
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 7);
}

TEST(Strategy, OfAnUnknownNameIsTold) {
  try {
    load_set(kThree, {"a + bth"});
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(),
                 "no strategy is named \"bth\"; did you mean "
                 "\"both\"?");
  }
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

TEST(Combinations, AreListedSmallerOnesFirst) {
  EXPECT_EQ(combine({"a", "b", "c"}, 3),
            (std::vector<std::string>{"a + b", "a + c", "b + c", "a + b + c"}));
  EXPECT_TRUE(combine({"a"}, 2).empty());
}

// [strategy.s0] … that all change the same thing.
std::string many_strategies(int n) {
  std::string text;
  for (int i = 0; i < n; ++i) {
    text += "[strategy.s" + std::to_string(i) +
            "]\nwhy = \"to be many\"\nset.\"fault.power.ends\" = \"" +
            std::to_string(i + 1) + " h\"\n";
  }
  return text;
}

TEST(Strategy, IsCombinedWithOthersUpToASize) {
  const std::string path = path_of_test(many_strategies(5));
  const StrategySet set = load_with_combinations(path, {}, {{}, 3});
  EXPECT_EQ(set.strategies.size(), 5U + 10 + 10);
  EXPECT_EQ(set.strategies.back().strategy.name, "s2 + s3 + s4");
  EXPECT_EQ(set.left_out, std::vector<std::string>{});
}

TEST(Strategy, IsCombinedAtMostSoOften) {
  const std::string path = path_of_test(many_strategies(12));
  EXPECT_EQ(load_with_combinations(path, {}, {{}, 2}).strategies.size(), 78U);
  try {
    load_with_combinations(path, {}, {{}, 3});
    FAIL() << "nothing was refused";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(),
                 "these are more than 79 strategies and combinations; combine "
                 "fewer at a time, or name fewer");
  }
}

TEST(Strategy, ThatContradictsAnotherIsNotCombinedWithIt) {
  const std::string path = path_of_test(
      "[strategy.less]\nwhy = \"x\"\nremove = \"service.shop.needs.cache\"\n"
      "[strategy.soft]\nwhy = \"x\"\nset.\"service.shop.needs.cache.kind\" = "
      "\"soft\"\n[strategy.short]\nwhy = \"x\"\nset.\"fault.power.ends\" = "
      "\"30 min\"\n");
  const StrategySet set = load_with_combinations(path, {}, {{}, 2});
  EXPECT_EQ(set.strategies.size(), 5U);
  EXPECT_EQ(set.left_out, std::vector<std::string>{"less + soft"});
}

}  // namespace
}  // namespace outagesim

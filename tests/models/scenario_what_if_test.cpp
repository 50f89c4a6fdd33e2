// Quick questions: what they do to a scenario, and what they refuse.
#include "models/scenario/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/base/error.h"
#include "models/compiled/compile.h"
#include "models/parts/scaled.h"
#include "tests/models/scenario_text.h"

namespace outagesim {
namespace {

constexpr std::string_view kShop = R"toml(
[service.zone]
kind = "supplier"
cells = { a = 1, b = 2 }
[service.db]
fails = { time_to_failure = "exponential(mean 99 h)", time_to_repair = "1 h" }
needs = ["zone.a"]
[service.cache]
[service.shop]
kind = "product"
[service.shop.needs]
db = "hard"
cache = { kind = "any", of = ["cache", "zone"] }
names = { kind = "cached", on = "cache", life = "20 min" }
[fault.power]
at = "0 min"
where = ["zone.a", "cache"]
ends = "1 h"
then = "10 min"
[fault.echo]
when = "fault flush started"
where = "db"
ends = "1 h"
[change.flush]
at = "1 min"
where = "cache"
check = { services = ["cache"], rollback = "10 min" }
[response.flush]
detect = "4 min"
diagnose = { time = "8 min", through = "cache" }
[remedy.refill]
for = "flush"
first = "20 min"
rest = "6 min"
)toml";

const Service& service(const Scenario& scenario, const std::string& name) {
  return *std::ranges::find(scenario.services, name, &Service::name);
}
const Need& need(const Scenario& scenario, const std::string& owner,
                 const std::string& name) {
  return *std::ranges::find(service(scenario, owner).needs, name, &Need::name);
}
std::vector<std::string> target_names(const Need& need) {
  std::vector<std::string> names;
  for (const Place& place : need.targets) names.push_back(place.service.name);
  return names;
}
using Names = std::vector<std::string>;

std::string refusal(const std::string& question) {
  try {
    what_if(load(kShop), question);
    return "";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(Redundant, TurnsHardNeedsIntoAlternatives) {
  const StrategyScenario answer = what_if(load(kShop), "redundant:db");
  EXPECT_EQ(answer.strategy.name, "redundant:db");
  const Need& db = need(answer.scenario, "shop", "db");
  EXPECT_EQ(db.kind, NeedKind::kAny);
  EXPECT_EQ(db.switch_by, SwitchBy::kAutomatic);
  EXPECT_EQ(target_names(db), (Names{"db", "db-2"}));
  const Service& copy = service(answer.scenario, "db-2");
  EXPECT_EQ(copy.fails.size(), 1u);
  EXPECT_EQ(copy.needs.size(), 1u);
}

TEST(Redundant, PutsAFrontBeforeNeedsThatKeepTheirKind) {
  const Scenario scenario = what_if(load(kShop), "redundant:cache").scenario;
  EXPECT_EQ(target_names(need(scenario, "shop", "cache")),
            (Names{"cache", "cache-2", "zone"}));
  const Need& names = need(scenario, "shop", "names");
  EXPECT_EQ(names.kind, NeedKind::kCached);
  EXPECT_EQ(target_names(names), Names{"cache-either"});
  EXPECT_EQ(target_names(need(scenario, "cache-either", "either")),
            (Names{"cache", "cache-2"}));
}

TEST(Redundant, KeepsTheCellsOfANeed) {
  const Scenario scenario = what_if(load(kShop), "redundant:zone").scenario;
  const Need& zone = need(scenario, "db", "zone.a");
  EXPECT_EQ(zone.targets.at(1).service.name, "zone-2");
  EXPECT_EQ(zone.targets.at(1).cells.named.at(0).name, "a");
  EXPECT_EQ(compile(scenario).graph.services.size(), 5u);
}

TEST(Redundant, LeavesToPeopleWhatPeopleSwitch) {
  const Scenario scenario = what_if(load(R"toml(
[service.region]
kind = "supplier"
[service.elsewhere]
[service.shop]
kind = "product"
needs.place = { kind = "any", of = ["region", "elsewhere"], switch = "by hand" }
)toml"),
                                    "redundant:region")
                                .scenario;
  EXPECT_EQ(target_names(need(scenario, "shop", "place")),
            (Names{"region-either", "elsewhere"}));
  EXPECT_EQ(need(scenario, "region-either", "either").switch_by,
            SwitchBy::kAutomatic);
}

TEST(Remove, TakesOutTheNeedsAndFaultsOfTheService) {
  const Scenario scenario = what_if(load(kShop), "remove:cache").scenario;
  EXPECT_EQ(scenario.services.size(), 3u);
  const Service& shop = service(scenario, "shop");
  ASSERT_EQ(shop.needs.size(), 2u);
  EXPECT_EQ(shop.needs[1].kind, NeedKind::kHard);
  EXPECT_EQ(target_names(shop.needs[1]), Names{"zone"});
  ASSERT_EQ(scenario.faults.size(), 1u);  // echo waits for one that is gone
  EXPECT_EQ(scenario.faults[0].where.size(), 1u);
  EXPECT_TRUE(scenario.responses.empty());
  EXPECT_TRUE(scenario.remedies.empty());
}

TEST(Remove, LeavesItsCellsToThoseThatShareThem) {
  const Scenario scenario = what_if(load(R"toml(
[service.control]
cells = { number = 3 }
[service.dns]
cells = "control"
needs = ["control"]
[service.serving]
kind = "product"
cells = "control"
needs = ["dns"]
)toml"),
                                    "remove:control")
                                .scenario;
  EXPECT_EQ(service(scenario, "dns").cells.size(), 3u);
  EXPECT_FALSE(service(scenario, "dns").cells_of);
  EXPECT_EQ(service(scenario, "serving").cells_of->name, "dns");
}

TEST(Improve, ScalesTimesToFailureToTheAvailability) {
  const Scenario scenario =
      what_if(load(kShop), "improve:db:availability:0.999").scenario;
  const BackgroundFailure& fails = service(scenario, "db").fails.at(0);
  EXPECT_NEAR(mean(fails.time_to_failure), 999 * 3600, 1e-3);
  EXPECT_EQ(mean(fails.time_to_repair), 3600);
}

TEST(Faster, DividesTheTimesOfAStage) {
  const Scenario base = load(kShop);
  const auto asked = [&](const std::string& stage) {
    return what_if(base, "faster:" + stage + ":2").scenario;
  };
  EXPECT_EQ(mean(*asked("detect").responses[0].detect[0].time), 120);
  EXPECT_EQ(mean(asked("diagnose").responses[0].diagnose->time), 240);
  EXPECT_EQ(mean(asked("mitigate").remedies[0].first), 600);
  EXPECT_EQ(mean(asked("mitigate").remedies[0].rest.value()), 360);
  EXPECT_EQ(mean(asked("restore").remedies[0].rest.value()), 180);
  EXPECT_EQ(mean(asked("restore").faults[0].then->takes), 300);
}

TEST(WhatIf, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(refusal("redundent:db"),
            "--what-if redundent:db: expected redundant, remove, improve, "
            "faster or set, found \"redundent\"; did you mean \"redundant\"?");
  EXPECT_EQ(refusal("remove:cahce"),
            "--what-if remove:cahce: no service is named \"cahce\"; did you "
            "mean \"cache\"?");
  EXPECT_EQ(refusal("remove"), "--what-if remove: write remove:SERVICE");
  for (const std::string question : {"set", "set:scenario.horizon"}) {
    EXPECT_EQ(refusal(question), "--what-if " + question +
                                     ": write set:PATH=VALUE, for example "
                                     "set:fault.NAME.ends=2 h");
  }
  EXPECT_EQ(refusal("set:scenario.horizon=1 h"),
            "--what-if set:scenario.horizon=1 h: [scenario] is what all are "
            "judged by, not what could be done; outagesim sweep varies it");
  EXPECT_EQ(refusal("remove:shop"),
            "--what-if remove:shop: \"shop\" is a product: there would be "
            "nothing to compare");
  EXPECT_EQ(refusal("faster:diagnoze:2"),
            "--what-if faster:diagnoze:2: no stage is named \"diagnoze\"; did "
            "you mean \"diagnose\"?");
  EXPECT_EQ(refusal("faster:diagnose:0.5"),
            "--what-if faster:diagnose:0.5: times are divided by the factor, "
            "which is a number above 1");
  EXPECT_EQ(refusal("faster:engage:2"),
            "--what-if faster:engage:2: nothing in this scenario takes time "
            "to engage");
  EXPECT_EQ(refusal("improve:cache:availability:0.9"),
            "--what-if improve:cache:availability:0.9: \"cache\" has no "
            "failures of its own with a mean time to repair");
  EXPECT_EQ(refusal("improve:db:availability:1"),
            "--what-if improve:db:availability:1: an availability lies "
            "between 0 and 1, such as 0.9999");
}

TEST(Scaled, ScalesEveryQuantile) {
  const std::vector<Distribution> laws = {
      Distribution(Fixed{2}),           Distribution(Exponential{3}),
      Distribution(Weibull{0.7, 5}),    Distribution(Lognormal{4, 1.2}),
      Distribution(Gamma{2, 3}),        Distribution(LogLogistic{3, 1.5}),
      Distribution(Uniform{1, 4}),      Distribution(Empirical{{1, 2, 7}}),
      Distribution(Lognormal{4, 2}, 20)};
  for (const Distribution& law : laws) {
    for (const double u : {0.01, 0.3, 0.5, 0.99}) {
      const double x = quantile(law, {u});
      EXPECT_NEAR(quantile(scaled(law, 2.5), {u}), 2.5 * x, 1e-9 * x);
    }
  }
}

}  // namespace
}  // namespace outagesim

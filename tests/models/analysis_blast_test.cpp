#include "models/analysis/blast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/scenario/load.h"
#include "tests/models/scenario_builder.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Names = std::vector<std::string>;

Names names(const Model& model, const std::vector<ServiceId>& services) {
  Names all;
  for (const ServiceId id : services) {
    all.push_back(model.graph.services[id].name);
  }
  return all;
}

ServiceBlast blast_of(const Model& model, const std::string& name) {
  for (ServiceId id = 0; id < model.graph.services.size(); ++id) {
    if (model.graph.services[id].name == name) {
      return structural_blast(model, {.service = id, .most_names = {}})
          .services[0];
    }
  }
  throw InternalError("no service " + name);
}

// A shop on two regions, with a cached name service and optional extras.
ScenarioBuilder shop() {
  ScenarioBuilder build;
  build.service("east").service("west").service("dns").service("extras");
  build.service("replica-1").service("replica-2").service("replica-3");
  build.service("db").need(NeedKind::kQuorum,
                           {"replica-1", "replica-2", "replica-3"});
  build.last_need().at_least = 2;
  build.service("shop").need(NeedKind::kAny, {"east", "west"}).hard("db");
  build.need(NeedKind::kCached, {"dns"}).need(NeedKind::kSoft, {"extras"});
  build.last().kind = ServiceKind::kProduct;
  Population population;
  population.uses = {"shop", {}};
  population.users = {1000};
  build.scenario.populations = {population};
  return build;
}

TEST(Blast, RedundancyTurnsToTheAlternative) {
  const Model model = compile(shop().scenario);
  const ServiceBlast east = blast_of(model, "east");
  EXPECT_THAT(names(model, east.switch_over_off.services), ElementsAre("shop"));
  EXPECT_THAT(east.switch_over_off.products, ElementsAre(0));
  EXPECT_EQ(east.switch_over_off.users.value, 1);
  EXPECT_THAT(east.with_redundancy.services, IsEmpty());
  EXPECT_EQ(east.with_redundancy.users.value, 0);
  EXPECT_THAT(blast_of(model, "west").switch_over_off.services, IsEmpty());
}

TEST(Blast, QuorumsHoldAndCachesRunOut) {
  const Model model = compile(shop().scenario);
  EXPECT_THAT(blast_of(model, "replica-1").with_redundancy.services, IsEmpty());
  EXPECT_THAT(names(model, blast_of(model, "dns").with_redundancy.services),
              ElementsAre("shop"));
  EXPECT_THAT(blast_of(model, "extras").with_redundancy.services, IsEmpty());
}

TEST(Blast, SinglePointsOfFailureAreCutsOfOrderOne) {
  const Model model = compile(shop().scenario);
  const BlastReport report = structural_blast(model);
  ASSERT_EQ(report.single_points.size(), 1);
  EXPECT_THAT(names(model, report.single_points[0].services),
              ElementsAre("dns", "db"));
}

TEST(Blast, StopsBeforeTheListsGrowBeyondTheBound) {
  ScenarioBuilder build;
  build.service("s0");
  for (int i = 1; i < 100; ++i) {
    build.service("s" + std::to_string(i)).hard("s" + std::to_string(i - 1));
  }
  const Model model = compile(build.scenario);
  // 99 + 98 + … + 0 others, with redundancy and without.
  const BlastReport all =
      structural_blast(model, {.service = {}, .most_names = 9900});
  EXPECT_TRUE(all.complete);
  EXPECT_EQ(all.services.size(), 100);
  const BlastReport cut =
      structural_blast(model, {.service = {}, .most_names = 400});
  EXPECT_FALSE(cut.complete);
  EXPECT_EQ(cut.services.size(), 3);  // 2 x (99 + 98 + 97)
}

TEST(Blast, OneAfterAnotherIsAsEachAlone) {
  const Model model = compile(shop().scenario);
  const BlastReport report = structural_blast(model);
  for (const ServiceBlast& blast : report.services) {
    const ServiceBlast alone =
        structural_blast(model, {.service = blast.service, .most_names = {}})
            .services[0];
    EXPECT_EQ(blast.with_redundancy.services, alone.with_redundancy.services);
    EXPECT_EQ(blast.switch_over_off.services, alone.switch_over_off.services);
    EXPECT_EQ(blast.with_redundancy.users, alone.with_redundancy.users);
  }
}

TEST(Blast, APartOfTheRequestsIsBelowSubstantialOnlyIfLarge) {
  ScenarioBuilder build;
  build.service("a").service("b");
  build.service("shop").hard("a", 0.4).hard("b", 0.6);
  build.last().kind = ServiceKind::kProduct;
  const Model model = compile(build.scenario);
  EXPECT_THAT(blast_of(model, "a").with_redundancy.services, IsEmpty());
  EXPECT_THAT(names(model, blast_of(model, "b").with_redundancy.services),
              ElementsAre("shop"));
}

TEST(Blast, OfAFaultIsThatOfAllItStrikes) {
  ScenarioBuilder build = shop();
  Fault fault;
  fault.name = "two";
  for (const char* service : {"east", "replica-1", "replica-2"}) {
    Place place;
    place.service.name = service;
    fault.where.push_back(place);
  }
  build.scenario.faults = {fault};
  const Model model = compile(build.scenario);
  const std::vector<FaultBlast> blasts = fault_blasts(model);
  ASSERT_EQ(blasts.size(), 1);
  EXPECT_THAT(names(model, blasts[0].with_redundancy.services),
              ElementsAre("east", "replica-1", "replica-2", "db", "shop"));
  EXPECT_THAT(blasts[0].with_redundancy.products, ElementsAre(0));
}

TEST(Circles, HardOnesByName) {
  ScenarioBuilder build;
  build.service("a", 2).hard("b").service("x").hard("a");
  build.sharing_cells("b", "a").hard("a");
  const Model model = compile(build.scenario);
  const BlastReport report = structural_blast(model);
  ASSERT_EQ(report.hard_circles.size(), 1);
  EXPECT_THAT(names(model, report.hard_circles[0].services),
              ElementsAre("a", "b"));
  EXPECT_THAT(report.start_circles, IsEmpty());
}

TEST(Circles, StartCirclesCanKeepASystemDown) {
  ScenarioBuilder build;
  build.service("registry").hard("network").service("network");
  build.need(NeedKind::kToStart, {"registry"});
  build.service("app").need(NeedKind::kToStart, {"registry"});
  const Model model = compile(build.scenario);
  const BlastReport report = structural_blast(model);
  EXPECT_THAT(report.hard_circles, IsEmpty());
  ASSERT_EQ(report.start_circles.size(), 1);
  EXPECT_THAT(names(model, report.start_circles[0].services),
              ElementsAre("registry", "network"));
}

TEST(Blast, OpenAiDecember2024) {
  const Model model = compile(load_scenario(
      (source_tree() / "scenarios/openai-2024-12-26-supplier-power.toml")
          .string()));
  const ServiceBlast region = blast_of(model, "region");
  EXPECT_THAT(names(model, region.with_redundancy.services), IsEmpty());
  const ServiceBlast control = blast_of(model, "control-plane");
  EXPECT_THAT(names(model, control.with_redundancy.services),
              ElementsAre("dns", "serving", "identity", "chatgpt", "sora",
                          "api", "api-text", "applications"));
  EXPECT_EQ(control.with_redundancy.users.value, 1);
}

}  // namespace
}  // namespace outagesim

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/compiled/compile.h"
#include "models/compiled/places.h"
#include "models/scenario/load.h"
#include "tests/models/scenario_builder.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;

Reference to(const std::string& name) { return {name, {}}; }

CellChoice choice(CellChoice::How how, double amount) {
  CellChoice cells;
  cells.how = how;
  cells.number = static_cast<std::uint32_t>(amount);
  cells.share = {amount};
  cells.size = amount;
  return cells;
}

std::vector<std::string> names(const Model& model,
                               const std::vector<NodeId>& nodes) {
  std::vector<std::string> all;
  for (const NodeId node : nodes) {
    all.push_back(node_name(model.graph, node));
  }
  return all;
}

// Two databases of two cells, one service, one fault and one remedy.
class PlanTest : public ::testing::Test {
 protected:
  PlanTest() {
    build.service("zone", 2).service("small", 2).service("large", 3);
    build.last().cells = {{"1", 5}, {"2", 1}, {"3", 9}};
    Fault fault;
    fault.name = "fault";
    fault.where = {place_named("large"), place_named("small")};
    build.scenario.faults = {fault};
    Remedy remedy;
    remedy.name = "mend";
    remedy.faults = {to("fault")};
    build.scenario.remedies = {remedy};
  }
  Fault& fault() { return build.scenario.faults[0]; }
  Remedy& remedy() { return build.scenario.remedies[0]; }
  std::vector<std::string> order() {
    const Model model = compile(build.scenario);
    return names(model, model.plan.remedies[0].cells);
  }

  ScenarioBuilder build;
};

TEST_F(PlanTest, GivenOrderIsThatOfThePlacesOrOfTheList) {
  EXPECT_THAT(order(), ElementsAre("large.1", "large.2", "large.3", "small.1",
                                   "small.2"));
  remedy().order_of = {to("small")};
  EXPECT_THAT(order(), ElementsAre("small.1", "small.2", "large.1", "large.2",
                                   "large.3"));
}

TEST_F(PlanTest, MixedOrderIsRoundRobin) {
  remedy().order = CellOrder::kMixed;
  EXPECT_THAT(order(), ElementsAre("large.1", "small.1", "large.2", "small.2",
                                   "large.3"));
}

TEST_F(PlanTest, OrderBySizeKeepsTiesAsGiven) {
  remedy().order = CellOrder::kLargestFirst;
  EXPECT_THAT(order(), ElementsAre("large.3", "large.1", "large.2", "small.1",
                                   "small.2"));
  remedy().order = CellOrder::kSmallestFirst;
  EXPECT_THAT(order(), ElementsAre("large.2", "small.1", "small.2", "large.1",
                                   "large.3"));
}

TEST_F(PlanTest, OnlySomeCells) {
  remedy().only = choice(CellChoice::How::kLargerThan, 4);
  EXPECT_THAT(order(), ElementsAre("large.1", "large.3"));
  remedy().only = choice(CellChoice::How::kNumber, 2);
  EXPECT_EQ(compile(build.scenario).plan.remedies[0].at_most, 2);
}

TEST_F(PlanTest, SwitchTurnsTheNeedsThatHaveThePlaceAmongTheirTargets) {
  build.service("app", 2).need(NeedKind::kAny, {"zone.1", "zone.2"});
  build.last_need().name = "place";
  build.service("other").need(NeedKind::kAny, {"small", "large"});
  build.last_need().name = "place";
  fault().where = {place_named("zone.1")};
  remedy().does = {RemedyEffect::What::kSwitch, to("place"), 1};
  const Model model = compile(build.scenario);
  const CompiledRemedy& mend = model.plan.remedies[0];
  EXPECT_THAT(names(model, mend.cells), ElementsAre("app.1", "app.2"));
  ASSERT_EQ(mend.needs.size(), 2);
  EXPECT_EQ(model.graph.needs[mend.needs[1]].owner, mend.cells[1]);
  remedy().does.subject = to("other.place");
  EXPECT_THAT(order(), ElementsAre("other"));
}

TEST_F(PlanTest, TrafficActsOnTheWhole) {
  remedy().does = {RemedyEffect::What::kTraffic, to("large"), 1};
  EXPECT_THAT(order(), ElementsAre("large"));
}

TEST_F(PlanTest, LockOutsAreTheRemedysNeedsAndThoseOfWhatItActsOn) {
  build.service("control", 2).service("vpn").sharing_cells("app", "control");
  build.need(NeedKind::kToRepair, {"control"});
  fault().where = {place_named("app")};
  remedy().needs = {to("vpn")};
  remedy().break_glass = Distribution(Fixed{60});
  const Model model = compile(build.scenario);
  const auto& locks = model.plan.remedies[0].lock_outs;
  ASSERT_EQ(locks.size(), 2);
  EXPECT_EQ(model.graph.services[locks[0].service].name, "vpn");
  EXPECT_FALSE(locks[0].per_cell);
  EXPECT_TRUE(locks[0].break_glass);
  EXPECT_EQ(model.graph.services[locks[1].service].name, "control");
  EXPECT_TRUE(locks[1].per_cell);
  EXPECT_FALSE(locks[1].break_glass);
}

TEST_F(PlanTest, AResponseAnswersTheFaultOfItsNameByDefault) {
  build.scenario.teams.resize(1);
  build.scenario.teams[0].name = "team";
  build.scenario.responses.resize(1);
  build.scenario.responses[0].name = "fault";
  build.scenario.responses[0].team = to("team");
  const Model model = compile(build.scenario);
  EXPECT_EQ(model.plan.faults[0].response, 0);
  EXPECT_EQ(model.plan.remedies[0].team, 0);
  EXPECT_THAT(model.plan.faults[0].remedies, ElementsAre(0));
}

TEST_F(PlanTest, ChoicesOfCells) {
  const Model model = compile(build.scenario);
  const auto& cells = model.graph.services[2].cells;
  const auto number =
      choose_cells(model.graph, choice(CellChoice::How::kNumber, 2), cells);
  EXPECT_EQ(number.count, 2);
  EXPECT_TRUE(number.random);
  const auto share =
      choose_cells(model.graph, choice(CellChoice::How::kShare, 0.5), cells);
  EXPECT_EQ(share.count, 2);  // 1.5, rounded
  const auto small = choose_cells(
      model.graph, choice(CellChoice::How::kSmallerThan, 5), cells);
  EXPECT_THAT(names(model, small.nodes), ElementsAre("large.2"));
  EXPECT_FALSE(small.random);
}

TEST_F(PlanTest, WhatSeveralPlacesNameIsStruckOnce) {
  Place cell = place_named("large");
  cell.cells.how = CellChoice::How::kNamed;
  cell.cells.named = {to("2")};
  Place two = place_named("large");
  two.cells = choice(CellChoice::How::kNumber, 2);
  fault().where = {cell, place_named("large"), place_named("large"), two};
  const Model model = compile(build.scenario);
  const auto& where = model.plan.faults[0].where;
  EXPECT_THAT(names(model, where[0].nodes), ElementsAre("large.2"));
  EXPECT_THAT(names(model, where[1].nodes), ElementsAre("large.1", "large.3"));
  EXPECT_EQ(where[1].count, 2);
  EXPECT_FALSE(where[1].random || where[1].overlaps);
  EXPECT_EQ(where[2].count, 0);
  EXPECT_TRUE(where[3].random && where[3].overlaps);
}

TEST_F(PlanTest, WavesChooseAmongTheCellsOfThePlace) {
  fault().where = {place_named("large"), place_named("small")};
  fault().rollout = Rollout{};
  fault().rollout->waves = {
      {choice(CellChoice::How::kShare, 0.4), Seconds{60}, Seconds{0}}};
  const Model model = compile(build.scenario);
  const CompiledWave& wave = model.plan.faults[0].rollout->waves[0];
  EXPECT_EQ(wave.cells.nodes.size(), 5);
  EXPECT_EQ(wave.cells.count, 2);
}

TEST_F(PlanTest, BeginsWithTheEarliestFault) {
  EXPECT_EQ(compile(build.scenario).begins.value, 0);
  fault().trigger.when = AtTime{Seconds{-240}};
  EXPECT_EQ(compile(build.scenario).begins.value, -240);
}

TEST_F(PlanTest, ProcessesAreNamedByWhatFails) {
  BackgroundFailure failure;
  failure.per_cell = true;
  build.scenario.services[1].fails = {failure, {}};
  const Model model = compile(build.scenario);
  ASSERT_EQ(model.plan.processes.size(), 3);
  EXPECT_EQ(model.plan.processes[1].name, "fails of small.2");
  EXPECT_EQ(model.plan.processes[2].name, "fails of small #2");
  EXPECT_EQ(model.plan.processes[2].nodes.size(), 2);
  EXPECT_EQ(cause_count(model.plan), 4);
  EXPECT_EQ(cause_name(model.plan, 0), "fault");
  EXPECT_EQ(cause_name(model.plan, 1), "fails of small.1");
}

TEST_F(PlanTest, ClocksThatAreEqualAreKeptOnce) {
  build.service("shop").last().kind = ServiceKind::kProduct;
  build.scenario.profiles.resize(1);
  build.scenario.profiles[0].name = "flat";
  for (const char* zone : {"UTC", "+03:00"}) {
    Population population;
    population.uses = to("shop");
    population.profile = to("flat");
    population.zone = zone;
    build.scenario.populations.push_back(population);
  }
  const Model model = compile(build.scenario);
  EXPECT_EQ(model.plan.clocks.size(), 1);
  EXPECT_EQ(model.plan.clocks[0].factor.size(), 24);
  EXPECT_EQ(model.populations[1].clock, 0);
}

TEST_F(PlanTest, ClocksFollowTheHoursOfTheirZone) {
  build.service("shop").last().kind = ServiceKind::kProduct;
  build.scenario.start = utc_time({2024, 12, 6});
  build.scenario.start.seconds += 18 * 3600 + 40 * 60;  // 18:40
  build.scenario.horizon = Seconds{6 * 3600};
  build.scenario.profiles.resize(1);
  build.scenario.profiles[0].name = "day";
  build.scenario.profiles[0].week.hours = {};
  build.scenario.profiles[0].week.hours[16] = 4;
  build.scenario.profiles[0].week.hours[19] = 24;
  Fault early;
  early.name = "early";
  early.trigger.when = AtTime{Seconds{-2.5 * 3600}};  // 16:10
  build.scenario.faults = {early};
  for (const char* zone : {"UTC", "+05:30"}) {
    Population population;
    population.uses = to("shop");
    population.profile = to("day");
    population.zone = zone;
    build.scenario.populations.push_back(population);
  }
  const Model model = compile(build.scenario);
  const auto at = [&](std::size_t population, double minutes) {
    return profile_at(model.plan, model.populations[population],
                      Seconds{minutes * 60});
  };
  EXPECT_EQ(at(0, -150), 4);  // 16:10
  EXPECT_EQ(at(0, -101), 4);  // 16:59
  EXPECT_EQ(at(0, -100), 0);  // 17:00
  EXPECT_EQ(at(0, 19.9), 0);  // 18:59
  EXPECT_EQ(at(0, 20), 24);   // 19:00
  EXPECT_EQ(at(0, 80), 0);    // 20:00
  EXPECT_EQ(at(1, -290), 0);  // before all; 13:50 UTC, 19:20 there
  EXPECT_EQ(at(1, -150), 0);  // 21:40 there
}

TEST_F(PlanTest, OnCallHoursMayPassMidnight) {
  build.scenario.start = utc_time({2024, 12, 6});  // a Friday
  build.scenario.horizon = Seconds{3 * 86400};
  Team team;
  team.name = "night";
  team.on_call = OnCall{.from_hour = 22,
                        .to_hour = 6,
                        .weekends = false,
                        .zone = "UTC",
                        .delay_outside = {}};
  build.scenario.teams = {team};
  const Model model = compile(build.scenario);
  const auto& factor = model.plan.clocks[0].factor;
  EXPECT_EQ(factor[5], 1);  // Friday, of Thursday's turn
  EXPECT_EQ(factor[6], 0);
  EXPECT_EQ(factor[22], 1);
  EXPECT_EQ(factor[24 + 5], 1);  // Saturday, of Friday's turn
  EXPECT_EQ(factor[24 + 22], 0);
  EXPECT_EQ(factor[48 + 5], 0);
}

TEST(CompileScenario, ASupplierPowerFailureOfDecember2024) {
  const Model model = compile(load_scenario(
      (source_tree() / "scenarios/openai-2024-12-26-supplier-power.toml")
          .string()));
  const CompiledRemedy& failover = model.plan.remedies[0];
  EXPECT_EQ(failover.cells.size(), 38);
  EXPECT_EQ(node_name(model.graph, failover.cells[1]), "db-chatgpt.1");
  EXPECT_EQ(failover.needs.size(), 38);
  EXPECT_EQ(names(model, model.plan.faults[0].where[0].nodes)[0], "region.c");
  EXPECT_EQ(model.products.size(), 5);
  EXPECT_THAT(model.initial.served, ::testing::Each(1));
}

}  // namespace
}  // namespace outagesim

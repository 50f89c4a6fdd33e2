#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "models/compiled/components.h"
#include "models/compiled/node_set.h"
#include "tests/models/scenario_builder.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;

TEST(NodeSet, GivesTheLowestFirst) {
  NodeSet set(300000);
  for (const std::uint32_t number : {70000u, 3u, 299999u, 64u, 3u, 63u}) {
    set.insert(number);
  }
  std::vector<std::uint32_t> taken;
  while (!set.empty()) {
    taken.push_back(set.take_lowest());
    if (taken.back() == 64) {
      set.insert(5);  // below one already taken
    }
  }
  EXPECT_THAT(taken, ElementsAre(3, 63, 64, 5, 70000, 299999));
}

TEST(Components, WhatIsPointedAtStandsBefore) {
  // 0 → 1 → 2 → 1, 2 → 3, 4 → 0
  const FlatGraph graph{{0, 1, 2, 4, 4, 5}, {1, 2, 1, 3, 0}};
  const Components found = strong_components(graph);
  EXPECT_THAT(found.order, ElementsAre(3, 1, 2, 0, 4));
  EXPECT_THAT(found.first, ElementsAre(0, 1, 3, 4, 5));
}

TEST(Components, ALongChainNeedsNoDeepStack) {
  const std::uint32_t n = 1'000'000;
  FlatGraph graph;
  graph.first_edge.resize(n + 1);
  std::iota(graph.first_edge.begin(), graph.first_edge.end(), 0);
  graph.first_edge[n] = n - 1;
  graph.edges.resize(n - 1);
  std::iota(graph.edges.begin(), graph.edges.end(), 1);
  const Components found = strong_components(graph);
  EXPECT_EQ(found.order.front(), n - 1);
  EXPECT_EQ(found.first.size(), n + 1);
}

TEST(CompileGraph, NumbersWhatIsNeededFirst) {
  ScenarioBuilder build;
  build.service("top").hard("middle").hard("low");
  build.service("middle").hard("low").service("low", 3);
  const System system(build);
  for (const CompiledNeed& need : system.graph.needs) {
    EXPECT_LT(system.graph.targets[need.first_target], need.owner);
  }
  for (const NodeId cell : system.graph.services[2].cells) {
    EXPECT_LT(cell, system.graph.services[2].whole);
  }
}

TEST(CompileGraph, MakesNeighboursOfACircle) {
  ScenarioBuilder build;
  build.service("a").hard("b").service("x").service("b").hard("a").hard("x");
  const System system(build);
  ASSERT_EQ(system.graph.circles.size(), 1);
  const Circle circle = system.graph.circles[0];
  EXPECT_EQ(circle.last - circle.first, 2);
  EXPECT_EQ(system.graph.nodes[system.node("a")].circle, 0);
  EXPECT_EQ(system.graph.nodes[system.node("b")].circle, 0);
  EXPECT_EQ(system.graph.nodes[system.node("x")].circle, kNone);
}

TEST(CompileGraph, WeightsOfCellsAddUpToExactlyOne) {
  ScenarioBuilder build;
  build.service("db", 300);
  for (std::size_t i = 0; i < 300; ++i) {
    build.last().cells[i].size = 1.0 + static_cast<double>(i * i) / 7;
  }
  const System system(build);
  double sum = 0;
  for (const NodeId cell : system.graph.services[0].cells) {
    sum += system.graph.nodes[cell].weight;
  }
  EXPECT_EQ(sum, 1);
  EXPECT_NEAR(system.graph.nodes[system.node("db.2")].weight /
                  system.graph.nodes[system.node("db.1")].weight,
              8.0 / 7, 1e-12);
}

TEST(CompileGraph, ANeedMayPointAtOneCellByNameOrNumber) {
  ScenarioBuilder build;
  build.service("zones", 2).last().cells = {{"a", 1}, {"b", 1}};
  build.service("x").hard("zones.b").service("y").hard("zones.1");
  System system(build);
  system.set_own("zones.b", 0);
  EXPECT_EQ(system.served("x"), 0);
  EXPECT_EQ(system.served("y"), 1);
}

TEST(CompileGraph, NeedsThatDoNotBearOnServingAreKeptApart) {
  ScenarioBuilder build;
  build.service("registry").service("metrics");
  build.service("api").need(NeedKind::kToStart, {"registry"});
  build.hard("metrics").need(NeedKind::kToObserve, {"metrics"});
  build.need(NeedKind::kSoft, {"registry"});
  const System system(build);
  const CompiledService& api = system.graph.services[2];
  EXPECT_THAT(api.to_start, ElementsAre(system.node("registry")));
  EXPECT_THAT(api.to_start_services, ElementsAre(0));
  EXPECT_THAT(api.to_observe, ElementsAre(1));
  const auto& service = build.scenario.services[2];
  EXPECT_EQ(need_at(system.graph, service, api.whole, 0), kNone);
  EXPECT_EQ(need_at(system.graph, service, api.whole, 1), system.need("api"));
  EXPECT_EQ(need_at(system.graph, service, api.whole, 3),
            system.need("api", 1));
}

TEST(CompileGraph, DependentsAreTheNeedsOfANode) {
  ScenarioBuilder build;
  build.service("db").service("a").hard("db").service("b").hard("db");
  const System system(build);
  const Graph& graph = system.graph;
  const NodeId db = system.node("db");
  EXPECT_EQ(graph.first_dependent[db + 1] - graph.first_dependent[db], 2);
  EXPECT_EQ(graph.first_dependent.back(), graph.dependents.size());
}

TEST(CompileGraph, KeepsTheLawsOfNeedsThatHaveAStateOrATimeout) {
  ScenarioBuilder build;
  build.service("db").service("api", 2).hard("db");
  build.need(NeedKind::kCached, {"db"}).hard("db");
  build.last_need().timeout = Seconds{2};
  const System system(build);
  EXPECT_EQ(system.graph.need_laws.size(), 2);
  EXPECT_EQ(system.graph.stateful.size(), 2);
  EXPECT_TRUE(system.graph.has_timeouts);
  EXPECT_EQ(system.graph.needs[system.need("api.2", 1)].law, 0);
  EXPECT_EQ(system.graph.needs[system.need("api.2", 0)].law, kNone);
}

}  // namespace
}  // namespace outagesim

#include "models/compiled/propagation.h"

#include <gtest/gtest.h>

#include "tests/models/scenario_builder.h"

namespace outagesim {
namespace {

TEST(Propagation, SeriesMultiplies) {
  ScenarioBuilder build;
  build.service("db").service("auth").service("api").hard("db").hard("auth",
                                                                     0.5);
  System system(build);
  system.set_own("db", 0.5).set_own("auth", 0.2);
  EXPECT_DOUBLE_EQ(system.served("api"), 0.5 * (1 - 0.5 * 0.8));
}

TEST(Propagation, QuorumIsTheBinomialTail) {
  ScenarioBuilder build;
  build.service("a").service("b").service("c").service("db");
  build.need(NeedKind::kQuorum, {"a", "b", "c"}).last_need().at_least = 2;
  System system(build);
  system.set_own("a", 0.9).set_own("b", 0.9).set_own("c", 0.9);
  EXPECT_DOUBLE_EQ(system.served("db"), 3 * 0.9 * 0.9 * 0.1 + 0.9 * 0.9 * 0.9);
}

TEST(Quorum, PoissonBinomialOfUnlikeReplicas) {
  const double p[] = {0.9, 0.8, 0.5, 0.3};
  const auto of = [&](std::uint32_t i) { return p[i]; };
  // By hand: P(0) = 0.007, P(1) = 0.101, P(4) = 0.108.
  EXPECT_DOUBLE_EQ(quorum_probability(4, 0, of), 1);
  EXPECT_DOUBLE_EQ(quorum_probability(4, 1, of), 0.993);
  EXPECT_DOUBLE_EQ(quorum_probability(4, 2, of), 0.892);
  EXPECT_NEAR(quorum_probability(4, 4, of), 0.108, 1e-15);
  EXPECT_DOUBLE_EQ(quorum_probability(4, 5, of), 0);
}

TEST(Quorum, ExactForAllAndNone) {
  const auto all = [](std::uint32_t) { return 1.0; };
  const auto none = [](std::uint32_t) { return 0.0; };
  for (const std::uint32_t at_least : {1u, 2u, 50u, 99u, 150u, 200u}) {
    EXPECT_EQ(quorum_probability(200, at_least, all), 1);
    EXPECT_EQ(quorum_probability(200, at_least, none), 0);
  }
}

TEST(Propagation, AnyFollowsTheActiveAlternative) {
  ScenarioBuilder build;
  build.service("east").service("west").service("api");
  build.need(NeedKind::kAny, {"east", "west"}, 0.8);
  System system(build);
  system.set_own("east", 0);
  EXPECT_DOUBLE_EQ(system.served("api"), 0.2);
  system.state("api").switching = true;
  system.settle("api");
  EXPECT_DOUBLE_EQ(system.served("api"), 0.2);
  system.state("api") = {.active = 1};
  system.settle("api");
  EXPECT_EQ(system.served("api"), 1);
}

TEST(Propagation, CacheFailsAsItRunsOutAndAfterRepair) {
  ScenarioBuilder build;
  build.service("dns").service("api");
  build.need(NeedKind::kCached, {"dns"}, 0.5);
  System system(build);
  system.set_own("dns", 0.2);
  EXPECT_EQ(system.served("api"), 1);
  system.state("api").expired = 0.75;
  system.settle("api");
  EXPECT_DOUBLE_EQ(system.served("api"), 1 - 0.5 * 0.75 * 0.8);
  system.state("api") = {.expired = 0, .residual = 0.4};
  system.set_own("dns", 1).settle("api");
  EXPECT_DOUBLE_EQ(system.served("api"), 0.8);
}

TEST(Propagation, SoftAndAsyncOnlyDegrade) {
  ScenarioBuilder build;
  build.service("history").service("billing").service("api");
  build.need(NeedKind::kSoft, {"history"}, 0.5);
  build.need(NeedKind::kAsync, {"billing"});
  build.service("product").hard("api");
  System system(build);
  system.set_own("history", 0);
  EXPECT_EQ(system.served("product"), 1);
  EXPECT_DOUBLE_EQ(system.full("product"), 0.5);
  system.state("api", 1).backlog = true;
  system.settle("api");
  EXPECT_EQ(system.full("product"), 0);
  system.state("api", 1).backlog = false;
  system.set_own("history", 1).settle("api");
  EXPECT_EQ(system.full("product"), 1);
}

TEST(Propagation, PartitionedWholeIsTheWeightedMean) {
  ScenarioBuilder build;
  build.service("db", 2).last().cells = {{"small", 1}, {"large", 3}};
  build.service("api").hard("db");
  System system(build);
  system.set_own("db.large", 0);
  EXPECT_DOUBLE_EQ(system.served("api"), 0.25);
}

TEST(Propagation, BalancedWholeUsesItsHeadRoom) {
  ScenarioBuilder build;
  build.service("web", 4).last().routing = Routing::kBalanced;
  build.last().head_room = {0.2};
  System system(build);
  system.set_own("web.1", 0);
  EXPECT_DOUBLE_EQ(system.served("web"), 1.2 * 0.75);
  system.set_own("web.1", 0.5);
  EXPECT_EQ(system.served("web"), 1);
}

TEST(Propagation, TrafficMayBecomeBalanced) {
  ScenarioBuilder build;
  build.service("web", 2).last().head_room = {1};
  System system(build);
  system.set_own("web.1", 0);
  EXPECT_DOUBLE_EQ(system.served("web"), 0.5);
  system.health.balanced[0] = 1;
  system.settle("web");
  EXPECT_EQ(system.served("web"), 1);
}

TEST(Propagation, SharedCellsNeedTheirOwnCell) {
  ScenarioBuilder build;
  build.service("control", 3).sharing_cells("dns", "control").hard("control");
  build.service("api").hard("dns");
  System system(build);
  system.set_own("control.2", 0);
  EXPECT_EQ(system.served("dns.1"), 1);
  EXPECT_EQ(system.served("dns.2"), 0);
  EXPECT_DOUBLE_EQ(system.served("api"), 2.0 / 3);
}

TEST(Propagation, ColdAndDroppedNeeds) {
  ScenarioBuilder build;
  build.service("registry").service("api").hard("registry");
  System system(build);
  system.health.cold[0] = 1;
  system.settle("api");
  EXPECT_EQ(system.served("api"), 0);
  system.health.dropped[0] = 1;
  system.settle("api");
  EXPECT_EQ(system.served("api"), 1);
}

TEST(Propagation, SlowerThanTheTimeoutCountsAsFailed) {
  ScenarioBuilder build;
  build.service("db", 2).service("api").hard("db").last_need().timeout =
      Seconds{1};
  build.service("patient").hard("db");
  System system(build);
  system.health.latency[system.node("db.1")] = 1.5;
  system.settle("db.1");
  EXPECT_DOUBLE_EQ(system.served("api"), 0.5);
  EXPECT_EQ(system.served("patient"), 1);
  system.health.latency[system.node("db.1")] = 0;
  system.settle("db.1");
  EXPECT_EQ(system.served("api"), 1);
}

TEST(Propagation, ADiamondCountsTwiceUnlessSticky) {
  for (const bool sticky : {false, true}) {
    ScenarioBuilder build;
    build.service("db").last().sticky = sticky;
    build.service("left").hard("db").service("right").hard("db");
    build.service("top").hard("left").hard("right").hard("db");
    System system(build);
    system.set_own("db", 0.5);
    EXPECT_DOUBLE_EQ(system.served("top"), sticky ? 0.5 : 0.125);
    system.set_own("left", 0.5);
    EXPECT_DOUBLE_EQ(system.served("top"), sticky ? 0.25 : 0.0625);
    system.set_own("left", 1).set_own("db", 1);
    EXPECT_EQ(system.served("top"), 1);
  }
}

TEST(Propagation, StickyCellsFailTheSameUsersThroughServicesThatShareThem) {
  ScenarioBuilder build;
  build.service("cluster", 4).last().sticky = true;
  build.sharing_cells("dns", "cluster").hard("cluster");
  build.sharing_cells("auth", "cluster").hard("cluster");
  build.service("top").hard("auth").hard("dns");
  System system(build);
  system.set_own("cluster.1", 0).set_own("cluster.2", 0.5);
  EXPECT_DOUBLE_EQ(system.served("dns"), 0.625);
  EXPECT_DOUBLE_EQ(system.served("top"), 0.625);
  system.set_own("cluster.1", 1).set_own("cluster.2", 1);
  EXPECT_EQ(system.served("top"), 1);
}

TEST(Propagation, TellsWhatChangedOnce) {
  ScenarioBuilder build;
  build.service("db").service("api").hard("db").service("other");
  System system(build);
  system.set_own("db", 0).set_own("db", 0.5);
  const auto changed = system.propagation.changed();
  EXPECT_EQ(std::vector<NodeId>(changed.begin(), changed.end()),
            (std::vector{system.node("db"), system.node("api")}));
  system.propagation.clear_changed();
  system.settle("db");
  EXPECT_TRUE(system.propagation.changed().empty());
}

TEST(Propagation, ReachIsTheSuccessOfTheCall) {
  ScenarioBuilder build;
  build.service("db").service("api").need(NeedKind::kSoft, {"db"}, 0.1);
  System system(build);
  system.set_own("db", 0.3);
  EXPECT_DOUBLE_EQ(reach(system.graph, system.health, system.graph.needs[0]),
                   0.3);
}

}  // namespace
}  // namespace outagesim

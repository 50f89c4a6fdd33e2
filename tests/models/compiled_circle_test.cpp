#include <gtest/gtest.h>

#include "tests/models/scenario_builder.h"

namespace outagesim {
namespace {

ScenarioBuilder ring() {
  ScenarioBuilder build;
  build.service("a").hard("b").service("b").hard("c").service("c").hard("a");
  return build;
}

TEST(Circle, EachFactorOfARingCountsOnce) {
  System system(ring());
  system.set_own("a", 0.5).set_own("b", 0.8).set_own("c", 0.9);
  for (const char* name : {"a", "b", "c"}) {
    EXPECT_DOUBLE_EQ(system.served(name), 0.5 * 0.8 * 0.9);
  }
}

TEST(Circle, ARingRecoversAtOnce) {
  System system(ring());
  system.set_own("a", 0);
  EXPECT_EQ(system.served("b"), 0);
  system.set_own("a", 1);
  for (const char* name : {"a", "b", "c"}) {
    EXPECT_EQ(system.served(name), 1);
  }
}

TEST(Circle, DegradedAnswersCountOnce) {
  ScenarioBuilder build = ring();
  build.need(NeedKind::kSoft, {"history"}).service("history");
  System system(build);
  system.set_own("history", 0.5);
  EXPECT_EQ(system.served("a"), 1);
  for (const char* name : {"a", "b", "c"}) {
    EXPECT_DOUBLE_EQ(system.full(name), 0.5);
  }
}

TEST(Circle, ATolerantNeedAsksForWhatIsNotYetCounted) {
  ScenarioBuilder build;
  build.service("a").hard("b", 0.5).service("b").hard("a");
  System system(build);
  system.set_own("a", 0.6).set_own("b", 0.7);
  EXPECT_DOUBLE_EQ(system.served("a"), 0.6 * (1 - 0.5 * (1 - 0.7)));
  EXPECT_DOUBLE_EQ(system.served("b"), 0.7 * 0.6);
}

TEST(Circle, WholesOfCellsAreMeans) {
  ScenarioBuilder build;
  build.service("a", 2).hard("b").service("b", 2).hard("a");
  System system(build);
  system.set_own("a.1", 0).set_own("b.1", 0);
  EXPECT_EQ(system.served("a.1"), 0);
  // a.2 needs b, half of which works; those of b need a, half of which works.
  EXPECT_DOUBLE_EQ(system.served("a.2"), 0.5 * 0.5);
  EXPECT_DOUBLE_EQ(system.served("a"), 0.25);
  system.set_own("a.1", 1).set_own("b.1", 1);
  EXPECT_EQ(system.served("a.2"), 1);
}

TEST(Circle, ADroppedNeedOpensIt) {
  System system(ring());
  system.set_own("a", 0);
  system.health.dropped[system.need("c")] = 1;
  system.settle("c");
  EXPECT_EQ(system.served("c"), 1);
  EXPECT_EQ(system.served("b"), 1);
  EXPECT_EQ(system.served("a"), 0);
}

TEST(Circle, AnActiveAlternativeIsPartOfIt) {
  ScenarioBuilder build;
  build.service("spare").service("b").hard("a").service("a");
  build.need(NeedKind::kAny, {"b", "spare"});
  System system(build);
  system.set_own("b", 0);
  EXPECT_EQ(system.served("a"), 0);
  system.state("a").active = 1;
  system.settle("a");
  EXPECT_EQ(system.served("a"), 1);
  EXPECT_EQ(system.served("b"), 0);
}

}  // namespace
}  // namespace outagesim

// Load within whole scenarios: what products serve follows from queues, and
// faults, restarts and needs act on the queues.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "sim/engine/load_world.h"
#include "sim/engine/world.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr const char* kTimes = R"(
[scenario]
start = 2025-03-03T10:00:00Z
horizon = "2 h"
)";

Model shop_with(const std::string& more) {
  return model_of(std::string(kTimes) + R"(
[service.db]
serves = { capacity = "1000 /s" }
[service.shop]
kind = "product"
offers = { rate = "600 /s" }
)" + more);
}

constexpr const char* kRetryingShop = R"(
needs.db = { kind = "hard", timeout = "1 s", retry = { attempts = 3 } }
)";

constexpr const char* kStall = R"(
[fault.stall]
at = "10 min"
where = "db"
effect = { health = "0 %" }
ends = "5 s"
)";

TEST(LoadInAScenario, AStallLeavesALastingCollapseWithRetries) {
  const Model model = shop_with(std::string(kRetryingShop) + kStall);
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 599), 1);
  EXPECT_EQ(served_at(r, 0, 602), 0);
  EXPECT_EQ(served_at(r, 0, 7000), 0);
  EXPECT_TRUE(r.outages.front().censored);
}

TEST(LoadInAScenario, TheSameStallHealsWithARetryBudget) {
  const Model model = shop_with(R"(
needs.db = { timeout = "1 s", retry = { attempts = 3, budget = "10 %" } }
)" + std::string(kStall));
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 602), 0);
  EXPECT_NEAR(served_at(r, 0, 700), 1, 1e-6);
}

TEST(LoadInAScenario, MoreThanItServesIsAnOutageOfTheRest) {
  const Model model = shop_with(R"(
needs.db = { timeout = "1 s" }
[fault.launch]
at = "10 min"
where = "shop"
effect = { load = 2 }
ends = "10 min"
)");
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  // 1200 a second for 1000: after T of waiting nobody is answered in time, and
  // everybody again once the queue is shorter than 1 s.
  EXPECT_NEAR(served_at(r, 0, 602), 1000 / 1200.0, 1e-6);
  EXPECT_EQ(served_at(r, 0, 1100), 0);
  EXPECT_NEAR(served_at(r, 0, 1200 + 600 * 200 / 400 + 5), 1, 1e-6);
}

// Three layers that try three times each: 27 times the load at the bottom.
TEST(LoadInAScenario, RetriesMultiplyThroughLayers) {
  const Model model = model_of(std::string(kTimes) + R"(
[service.bottom]
serves = { capacity = "100000 /s" }
[service.c]
needs.bottom = { timeout = "1 s", retry = { attempts = 3 } }
[service.b]
needs.c = { timeout = "10 s", retry = { attempts = 3 } }
[service.a]
kind = "product"
needs.b = { timeout = "100 s", retry = { attempts = 3 } }
offers = { rate = "10 /s" }
[fault.errors]
at = "10 min"
where = "bottom"
effect = { errors = "100 %" }
ends = "10 min"
)");
  LoadState load(model.load, model.plan.clocks);
  reset_load(load, {0});
  const std::uint32_t bottom =
      model.load.station_of[model.graph.services[0].whole];
  EXPECT_NEAR(load.stations[bottom].arriving, 10, 1e-9);
  // Every answer is wrong: each layer sees its callee fail.
  for (std::uint32_t id = 0; id < load.stations.size(); ++id) {
    load.stations[id].in.failing = 1;
    mark_dirty(load, id);
  }
  refresh_load(load);
  EXPECT_NEAR(load.stations[bottom].arriving, 270, 1e-6);
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 700), 0);
  EXPECT_EQ(served_at(r, 0, 1300), 1);
}

TEST(LoadInAScenario, AServiceThatIsDownRefusesAndLosesItsQueue) {
  const Model model = shop_with(R"(
needs.db = { timeout = "1 s" }
[fault.crash]
at = "10 min"
where = "db"
ends = "1 min"
)");
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 630), 0);
  EXPECT_EQ(served_at(r, 0, 661), 1);
}

// Added load grows with the cell: 0.002 × 1000² = 2000 a second at one cell,
// 20 at the other.
TEST(LoadInAScenario, LoadThatGrowsWithTheCellFellsTheLargeOnes) {
  const Model model = model_of(std::string(kTimes) + R"(
[service.control]
cells = { small = 100, large = 1000 }
serves = { per_cell = "1500 /s", queue = 3000 }
offers = { per_node = "1 /s", timeout = "1 s", retry = { attempts = 2 } }
[service.product]
kind = "product"
cells = "control"
needs = ["control"]
[change.telemetry]
at = "10 min"
where = "control"
effect = { per_node_squared = "0.002 /s" }
ends = "10 min"
)");
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 599), 1);
  EXPECT_NEAR(served_at(r, 0, 1000), 100 / 1100.0, 1e-6);
}

TEST(LoadInAScenario, ItFallsOverAndRestartsOnceLessIsOffered) {
  const Model model = shop_with(R"(
needs.db = { timeout = "1 s", retry = { attempts = 3 } }
[fault.stall]
at = "10 min"
where = "db"
effect = { adds = "2000 /s" }
ends = "10 min"
)");
  Model falls = model;
  for (LoadStation& station : falls.load.stations) {
    if (station.capacity.value < kNoBound) station.falls_over_after = kMinute;
  }
  Engine engine(model), falling(falls);
  EXPECT_EQ(served_at(engine.run(1, 0), 0, 1500), 0);  // the retries go on
  const Replication& r = falling.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 1000), 0);
  EXPECT_NEAR(served_at(r, 0, 1210), 1, 1e-6);  // a restart ends them
}

TEST(LoadInAScenario, ACacheThatFellLetsEveryCallThrough) {
  const Model model = model_of(std::string(kTimes) + R"(
[service.redis]
[service.db]
serves = { capacity = "300 /s", queue = 100 }
[service.shop]
kind = "product"
offers = { rate = "1000 /s" }
[service.shop.needs.db]
timeout = "1 s"
cache = { hits = "90 %", entries = 100_000, in = "redis" }
[fault.flush]
at = "10 min"
where = "redis"
ends = "1 s"
)");
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_EQ(served_at(r, 0, 599), 1);
  EXPECT_NEAR(served_at(r, 0, 605), 0.3, 0.02);
  EXPECT_EQ(served_at(r, 0, 1200), 1);
}

TEST(LoadInAScenario, AScenarioWithoutLoadHasNone) {
  const Model model = model_of(std::string(kTimes) + R"(
[service.shop]
kind = "product"
offers = { rate = "600 /s" }
)");
  EXPECT_TRUE(model.load.empty());
}

}  // namespace
}  // namespace outagesim

// Properties of propagation on random systems: circles, cells, every kind of
// need, sticky services, time-outs, under random failures and repairs.
#include <gtest/gtest.h>

#include <random>

#include "tests/models/scenario_builder.h"

namespace outagesim {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(bits_() % n);
  }
  bool one_in(std::uint32_t n) { return below(n) == 0; }

 private:
  std::mt19937_64 bits_;
};

void add_random_need(ScenarioBuilder& build, Dice& dice, std::uint32_t n) {
  static constexpr NeedKind kKinds[] = {
      NeedKind::kHard,   NeedKind::kHard, NeedKind::kHard,   NeedKind::kSoft,
      NeedKind::kCached, NeedKind::kAny,  NeedKind::kQuorum, NeedKind::kAsync};
  static constexpr double kShares[] = {1, 1, 1, 0.5};
  const NeedKind kind = kKinds[dice.below(8)];
  const bool several = kind == NeedKind::kAny || kind == NeedKind::kQuorum;
  std::vector<std::string> targets;
  for (std::uint32_t i = 0; i < (several ? 3u : 1u); ++i) {
    targets.push_back("s" + std::to_string(dice.below(n)));
  }
  build.need(kind, targets, kShares[dice.below(4)]);
  build.last_need().at_least = 2;
  if (dice.one_in(5)) {
    build.last_need().timeout = Seconds{1};
  }
}

// A service points mostly at those before it, sometimes at any.
ScenarioBuilder random_scenario(Dice& dice) {
  ScenarioBuilder build;
  const std::uint32_t n = 3 + dice.below(12);
  const bool has_sticky = dice.one_in(2), has_circles = dice.one_in(2);
  for (std::uint32_t i = 0; i < n; ++i) {
    build.service("s" + std::to_string(i), dice.one_in(3) ? 3 : 1);
    if (i > 0 && dice.one_in(3)) {
      build.last().cells_of =
          Reference{"s" + std::to_string(dice.below(i)), {}};
    }
    build.last().head_room = {dice.below(2) * 0.5};
    build.last().routing =
        dice.one_in(4) ? Routing::kBalanced : Routing::kPartitioned;
    build.last().sticky = has_sticky && dice.one_in(3);
    for (std::uint32_t need = dice.below(4); need > 0; --need) {
      const std::uint32_t reachable = has_circles && dice.one_in(3) ? n : i;
      if (reachable > 0) {
        add_random_need(build, dice, reachable);
      }
    }
  }
  return build;
}

// Changes one thing at random, and marks the node it concerns.
void shake(System& system, Dice& dice) {
  Graph& graph = system.graph;
  Health& health = system.health;
  static constexpr double kLevels[] = {0, 0.25, 0.7, 1};
  NodeId node = dice.below(static_cast<std::uint32_t>(graph.nodes.size()));
  const std::uint32_t what = graph.needs.empty() ? 0 : dice.below(6);
  const NeedId id =
      graph.needs.empty()
          ? 0
          : dice.below(static_cast<std::uint32_t>(graph.needs.size()));
  if (what <= 1) {
    health.own[node] = kLevels[dice.below(4)];
  } else if (what == 2) {
    health.latency[node] = dice.below(2) * 2.0;
  } else if (what == 3) {
    node = graph.needs[id].owner;
    health.dropped[id] = dice.one_in(3);
    health.cold[graph.needs[id].first_target] = dice.one_in(3);
  } else if (what == 4) {
    node = graph.services[graph.nodes[node].service].whole;
    health.balanced[graph.nodes[node].service] = dice.one_in(2);
  } else if (const std::uint32_t state = graph.needs[id].state;
             state != kNone) {
    node = graph.needs[id].owner;
    health.needs[state] = {.expired = kLevels[dice.below(4)],
                           .residual = kLevels[dice.below(4)] / 2,
                           .active = dice.below(graph.needs[id].targets),
                           .switching = dice.one_in(4),
                           .backlog = dice.one_in(2)};
  }
  system.propagation.mark(node);
}

// The same inputs, settled from nothing.
Health from_scratch(const Graph& graph, const Health& inputs) {
  Health health = healthy(graph);
  health.own = inputs.own;
  health.latency = inputs.latency;
  health.cold = inputs.cold;
  health.dropped = inputs.dropped;
  health.balanced = inputs.balanced;
  health.needs = inputs.needs;
  Propagation propagation(graph);
  for (NodeId node = 0; node < graph.nodes.size(); ++node) {
    propagation.mark(node);
  }
  propagation.settle(health);
  return health;
}

void expect_in_unit_interval(const std::vector<double>& values) {
  for (const double value : values) {
    ASSERT_GE(value, 0);
    ASSERT_LE(value, 1);
  }
}

TEST(Settle, IncrementalEqualsFromScratchToTheLastBit) {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    Dice dice(seed);
    System system(random_scenario(dice));
    for (int step = 0; step < 30; ++step) {
      for (std::uint32_t changes = 1 + dice.below(3); changes > 0; --changes) {
        shake(system, dice);
      }
      system.propagation.settle(system.health);
      const Health expected = from_scratch(system.graph, system.health);
      ASSERT_EQ(system.health.served, expected.served) << "seed " << seed;
      ASSERT_EQ(system.health.full, expected.full) << "seed " << seed;
      expect_in_unit_interval(system.health.served);
      expect_in_unit_interval(system.health.full);
    }
  }
}

TEST(Settle, RepairRestoresTheInitialStateToTheLastBit) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Dice dice(seed);
    System system(random_scenario(dice));
    for (int step = 0; step < 30; ++step) {
      shake(system, dice);
      system.propagation.settle(system.health);
    }
    Health& health = system.health;
    const Health initial = healthy(system.graph);
    for (NodeId node = 0; node < system.graph.nodes.size(); ++node) {
      health.own[node] = 1;
      health.latency[node] = 0;
      system.propagation.mark(node);
    }
    health.cold = initial.cold;
    health.dropped = initial.dropped;
    health.balanced = initial.balanced;
    health.needs = initial.needs;
    system.propagation.settle(health);
    ASSERT_EQ(health.served, initial.served) << "seed " << seed;
    ASSERT_EQ(health.full, initial.full) << "seed " << seed;
  }
}

TEST(Settle, HealthySystemsServeAll) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Dice dice(seed);
    System system(random_scenario(dice));
    const Health settled = from_scratch(system.graph, healthy(system.graph));
    EXPECT_EQ(settled.served, system.health.served);
    EXPECT_EQ(settled.full, system.health.full);
  }
}

// Iterates s = own × Π s(needs) from 1 until nothing changes.
std::vector<bool> greatest_fixed_point(const Graph& graph,
                                       const std::vector<double>& own) {
  std::vector<bool> up(graph.nodes.size(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId node = 0; node < graph.nodes.size(); ++node) {
      bool now = own[node] == 1;
      for (NeedId id = 0; id < graph.needs.size(); ++id) {
        if (graph.needs[id].owner == node) {
          now = now && up[graph.targets[graph.needs[id].first_target]];
        }
      }
      changed = changed || now != up[node];
      up[node] = now;
    }
  }
  return up;
}

TEST(Settle, HardBooleanSystemsReachTheGreatestFixedPoint) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Dice dice(seed);
    ScenarioBuilder build;
    const std::uint32_t n = 2 + dice.below(10);
    for (std::uint32_t i = 0; i < n; ++i) {
      build.service("s" + std::to_string(i));
      for (std::uint32_t need = dice.below(3); need > 0; --need) {
        build.hard("s" + std::to_string((i + 1 + dice.below(n - 1)) % n));
      }
    }
    System system(build);
    for (int step = 0; step < 30; ++step) {
      const NodeId node = dice.below(n);
      system.health.own[node] = dice.one_in(3) ? 0 : 1;
      system.propagation.mark(node);
      system.propagation.settle(system.health);
      const auto expected =
          greatest_fixed_point(system.graph, system.health.own);
      for (NodeId each = 0; each < n; ++each) {
        ASSERT_EQ(system.health.served[each], expected[each] ? 1 : 0)
            << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace outagesim

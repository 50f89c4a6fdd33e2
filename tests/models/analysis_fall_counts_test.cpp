// Falls counted 512 at once, against a closure that looks at every need again
// until nothing changes, and against the numbers of propagation.
#include "models/analysis/fall_counts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "models/analysis/blast.h"
#include "tests/models/scenario_builder.h"

namespace outagesim {
namespace {

using Dice = std::mt19937_64;

std::uint32_t below(Dice& dice, std::uint32_t n) {
  return static_cast<std::uint32_t>(dice() % n);
}

std::string name_of(std::uint32_t service) {
  return "s" + std::to_string(service);
}

void add_random_need(ScenarioBuilder& build, Dice& dice, std::uint32_t among) {
  static constexpr NeedKind kKinds[] = {
      NeedKind::kHard, NeedKind::kHard,   NeedKind::kHard,  NeedKind::kSoft,
      NeedKind::kAny,  NeedKind::kQuorum, NeedKind::kCached};
  const NeedKind kind = kKinds[below(dice, 7)];
  const bool several = kind == NeedKind::kAny || kind == NeedKind::kQuorum;
  std::vector<std::string> targets;
  for (std::uint32_t i = 0; i < (several ? 2 + below(dice, 4) : 1); ++i) {
    targets.push_back(name_of(below(dice, among)));
  }
  build.need(kind, targets, below(dice, 4) == 0 ? 0.9 : 1);
  build.last_need().at_least =
      1 + below(dice, static_cast<std::uint32_t>(targets.size()));
}

// Services point mostly at those before them, with circles some at any.
Model random_model(Dice& dice, std::uint32_t services, bool has_circles) {
  ScenarioBuilder build;
  for (std::uint32_t i = 0; i < services; ++i) {
    build.service(name_of(i), below(dice, 4) == 0 ? 3 : 1);
    if (i > 0 && below(dice, 5) == 0) {
      build.last().cells_of = Reference{name_of(below(dice, i)), {}};
    }
    if (below(dice, 4) == 0) build.last().kind = ServiceKind::kProduct;
    for (std::uint32_t n = below(dice, 4); n > 0; --n) {
      const bool any = has_circles && below(dice, 4) == 0;
      if (any || i > 0) add_random_need(build, dice, any ? services : i);
    }
  }
  return compile(build.scenario);
}

bool has_fallen(const Graph& graph, const std::vector<bool>& down,
                const CompiledNeed& need) {
  const auto targets = targets_of(graph, need);
  const auto lost = static_cast<std::uint32_t>(std::ranges::count_if(
      targets, [&](NodeId target) { return down[target]; }));
  if (need.share < 1) return false;
  switch (need.kind) {
    case NeedKind::kHard:
    case NeedKind::kCached:
    case NeedKind::kAny:
      return lost == targets.size();
    case NeedKind::kQuorum:
      return targets.size() - lost < need.at_least;
    default:
      return false;
  }
}

bool falls(const Graph& graph, const std::vector<bool>& down, NodeId node) {
  const auto is_down = [&](NodeId cell) { return down[cell]; };
  return std::ranges::any_of(needs_of(graph, node),
                             [&](const CompiledNeed& need) {
                               return has_fallen(graph, down, need);
                             }) ||
         (has_cells(graph, node) &&
          std::ranges::all_of(cells_beside(graph, node), is_down));
}

std::vector<bool> closure(const Graph& graph, ServiceId service) {
  std::vector<bool> down(graph.nodes.size());
  for (const NodeId cell : graph.services[service].cells) down[cell] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId node = 0; node < graph.nodes.size(); ++node) {
      if (down[node] || !falls(graph, down, node)) continue;
      down[node] = changed = true;
    }
  }
  return down;
}

std::vector<FallCount> all_falls(const Model& model) {
  const FallGraph graph = fall_graph(model.graph);
  FallSweep sweep(graph);
  std::vector<ServiceId> ids(model.graph.services.size());
  std::iota(ids.begin(), ids.end(), 0);
  std::vector<FallCount> counts;
  for (std::size_t i = 0; i < ids.size(); i += kFallsAtOnce) {
    const auto some =
        std::span(ids).subspan(i, std::min(kFallsAtOnce, ids.size() - i));
    std::ranges::copy(count_falls(model, some, sweep),
                      std::back_inserter(counts));
  }
  return counts;
}

void expect_closures(const Model& model) {
  const Graph& graph = model.graph;
  for (const FallCount& count : all_falls(model)) {
    const std::vector<bool> down = closure(graph, count.service);
    std::uint32_t services = 0, products = 0;
    for (ServiceId id = 0; id < graph.services.size(); ++id) {
      if (!down[graph.services[id].whole]) continue;
      services += id != count.service;
      products += model.product_of[id] != kNone;
    }
    EXPECT_EQ(count.services, services) << graph.services[count.service].name;
    EXPECT_EQ(count.products, products) << graph.services[count.service].name;
  }
}

TEST(FallCounts, AgreeWithTheClosureOnRandomSystems) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    expect_closures(random_model(dice, 2 + below(dice, 25), seed % 2 == 0));
  }
}

TEST(FallCounts, AgreeAcrossBlocksOf512) {
  Dice dice(7);
  expect_closures(random_model(dice, 1200, true));
}

// What serves nothing at all is what falls entirely. Without circles: in one,
// needs that turn one after another may miss the turn that saves them all.
TEST(FallCounts, AgreeWithTheNumbersOfPropagation) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Model model = random_model(dice, 2 + below(dice, 15), false);
    model.outage.substantial = {1e-200};  // anything but nothing
    const BlastReport report = structural_blast(model);
    for (const FallCount& count : all_falls(model)) {
      EXPECT_EQ(count.services,
                report.services[count.service].with_redundancy.services.size())
          << model.graph.services[count.service].name;
    }
  }
}

TEST(FallCounts, CountsUsersOfTheProductsThatFall) {
  ScenarioBuilder build;
  build.service("db").service("cache").service("shop").hard("db");
  build.last().kind = ServiceKind::kProduct;
  build.service("blog").need(NeedKind::kSoft, {"db"}).hard("cache");
  build.last().kind = ServiceKind::kProduct;
  for (const auto& [product, users] :
       {std::pair{"shop", 300.0}, {"blog", 100.0}}) {
    Population population;
    population.uses = {product, {}};
    population.users = {users};
    build.scenario.populations.push_back(population);
  }
  const std::vector<FallCount> counts = all_falls(compile(build.scenario));
  EXPECT_EQ(counts[0].users.value, 0.75);
  EXPECT_EQ(counts[0].services, 1u);
  EXPECT_EQ(counts[0].products, 1u);
  EXPECT_EQ(counts[1].users.value, 0.25);
  EXPECT_EQ(counts[2].services, 0u);  // itself is not among what falls with it
  EXPECT_EQ(counts[2].products, 1u);
}

// The sweep goes back within it.
TEST(FallCounts, FollowsCirclesUntilNothingChanges) {
  ScenarioBuilder build;
  build.service("root").service("a").hard("c").service("b").hard("a");
  build.service("c").hard("b").hard("root");
  const std::vector<FallCount> counts = all_falls(compile(build.scenario));
  for (const std::uint32_t id : {0u, 1u, 2u, 3u}) {
    EXPECT_EQ(counts[id].services, id == 0 ? 3u : 2u);
  }
}

}  // namespace
}  // namespace outagesim

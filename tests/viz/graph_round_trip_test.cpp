#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "models/import/dot.h"
#include "models/import/graphml.h"
#include "models/import/mermaid.h"
#include "models/scenario/load.h"
#include "tests/support/source_tree.h"
#include "viz/graph_formats.h"

namespace outagesim {
namespace {

struct RoundTrip {
  std::string name;
  std::string (*write)(const Scenario&, const GraphColours&);
  DrawnSystem (*read)(const std::string&);
};

std::string written(const std::string& name, const std::string& text) {
  const std::string path = (scratch_folder() / name).string();
  std::ofstream(path) << text;
  return path;
}

// "shop needs database hard".
std::set<std::string> needs_of(const Scenario& scenario) {
  std::set<std::string> all;
  for (const GraphEdge& edge : graph_edges(scenario)) {
    // how long an answer is kept is no part of a graph
    const NeedKind kind =
        edge.kind == NeedKind::kCached ? NeedKind::kSoft : edge.kind;
    all.insert(scenario.services[edge.owner].name + " needs " +
               scenario.services[edge.target].name + " " +
               std::string(need_kind_name(kind)));
  }
  return all;
}

std::set<std::string> kinds_of(const Scenario& scenario) {
  std::set<std::string> all;
  for (const Service& service : scenario.services) {
    all.insert(service.name + " " +
               std::string(service_kind_name(service.kind)));
  }
  return all;
}

class GraphRoundTrip : public ::testing::TestWithParam<RoundTrip> {};

TEST_P(GraphRoundTrip, KeepsEveryShippedSystem) {
  const RoundTrip& way = GetParam();
  int seen = 0;
  const auto folder = source_tree() / "scenarios";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    ++seen;
    const Scenario first = load_scenario(entry.path());
    const std::string drawn =
        written("drawn." + way.name, way.write(first, {}));
    const Scenario second =
        load_scenario(written("read.toml", scenario_of_graph(way.read(drawn))));
    EXPECT_EQ(needs_of(second), needs_of(first)) << entry.path();
    EXPECT_EQ(kinds_of(second), kinds_of(first)) << entry.path();
    const std::string again = way.write(second, {});
    const Scenario third = load_scenario(written(
        "again.toml",
        scenario_of_graph(way.read(written("again." + way.name, again)))));
    EXPECT_EQ(way.write(third, {}), again) << entry.path();
  }
  EXPECT_GT(seen, 10);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, GraphRoundTrip,
    ::testing::Values(RoundTrip{"dot", graph_dot, read_dot},
                      RoundTrip{"graphml", graph_graphml, read_graphml},
                      RoundTrip{"mermaid", graph_mermaid, read_mermaid}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace outagesim

// What `graph --format graphml` writes, `import` reads back.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "models/import/graphml.h"
#include "models/scenario/load.h"
#include "tests/cli/program.h"
#include "viz/graph_formats.h"

namespace outagesim::testing {
namespace {

using ::testing::HasSubstr;
using Edge = std::tuple<std::string, std::string, std::string>;

// By names. What a graph cannot tell comes back as the import says: a cached
// need as a soft one, cells of one service as one hard need.
std::set<Edge> edges_of(const Scenario& scenario) {
  std::set<Edge> edges;
  for (const Service& service : scenario.services) {
    for (const Need& need : service.needs) {
      std::set<std::string> targets;
      for (const Place& place : need.targets) {
        targets.insert(place.service.name);
      }
      const bool many =
          need.kind == NeedKind::kAny || need.kind == NeedKind::kQuorum;
      std::string kind(need_kind_name(need.kind));
      if (need.kind == NeedKind::kCached) kind = "soft";
      if (many && targets.size() == 1) kind = "hard";
      for (const std::string& one : targets) {
        edges.insert({service.name, one, kind});
      }
    }
  }
  return edges;
}

Scenario there_and_back(const Scenario& scenario) {
  const Scratch scratch;
  const fs::path graph = scratch.path() / "system.graphml";
  std::ofstream(graph) << graph_graphml(scenario, {});
  const fs::path again = scratch.path() / "again.toml";
  std::ofstream(again) << scenario_of_graph(read_graphml(graph.string()));
  return load_scenario(again.string());
}

TEST(GraphRoundTrip, BringsServicesKindsAndNeedsBack) {
  for (const char* name :
       {"openai-2024-12-11-telemetry.toml",
        "openai-2024-12-26-supplier-power.toml", "first-steps.toml"}) {
    const Scenario scenario =
        load_scenario((source_tree() / "scenarios" / name).string());
    const Scenario again = there_and_back(scenario);
    ASSERT_EQ(again.services.size(), scenario.services.size()) << name;
    for (std::size_t i = 0; i < again.services.size(); ++i) {
      EXPECT_EQ(again.services[i].name, scenario.services[i].name);
      EXPECT_EQ(again.services[i].kind, scenario.services[i].kind);
    }
    EXPECT_EQ(edges_of(again), edges_of(scenario)) << name;
  }
}

TEST(GraphRoundTrip, WorksFromTheCommandLine) {
  const Scratch scratch;
  const std::string scenario = source_tree() / "scenarios/first-steps.toml";
  for (const std::string format : {"graphml", "dot", "mermaid"}) {
    const std::string graph = scratch.path() / ("system." + format);
    EXPECT_EQ(run({"graph", scenario, "--format", format, "-o", graph}).code,
              0);
    const Ran imported = run({"import", graph});
    EXPECT_EQ(imported.code, 0) << imported.err;
    EXPECT_THAT(imported.out, HasSubstr("kind = \"product\""));
    EXPECT_THAT(imported.out, HasSubstr("\"recommendations\" = \"soft\""));
    EXPECT_EQ(run({"import", graph, "--format", "open-psa"}).code, 1);
  }
  EXPECT_THAT(run({"import", scenario, "--format", "yaml"}).err,
              HasSubstr("expected open-psa, graphml, dot or mermaid, found "
                        "\"yaml\""));
}

}  // namespace
}  // namespace outagesim::testing

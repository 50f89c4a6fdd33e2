#include "models/import/dot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "models/base/error.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string drawing(const std::string& text) {
  const std::string path = scratch_folder() / "system.dot";
  std::ofstream(path) << text;
  return path;
}

std::string complaint_about(const std::string& text) {
  try {
    read_dot(drawing(text));
  } catch (const InputError& error) {
    const std::string what = error.what();
    return what.substr(what.find("system.dot"));
  }
  return {};
}

// "a>b hard" for each need, in the file's order.
std::vector<std::string> needs_of(const DrawnSystem& system) {
  std::vector<std::string> all;
  for (const DrawnService& service : system.services) {
    for (const DrawnNeed& need : service.needs) {
      all.push_back(service.name + ">" + need.target + " " + need.kind);
    }
  }
  return all;
}

TEST(Dot, ReadsChainsPortsAndSubgraphs) {
  const DrawnSystem system = read_dot(drawing(R"(/* by hand */
strict digraph "my graph" {
  graph [fontsize=10]; node [shape=box];
  rankdir=LR  // not a node
# nor is this
  a:p:n -> { b c } -> d [label="soft"];
  subgraph cluster_0 { label="x"; e -> f }
  -1.5 -> "two" + " parts"
})"));
  EXPECT_THAT(needs_of(system),
              ElementsAre("a>b soft", "a>c soft", "b>d soft", "c>d soft",
                          "e>f hard", "-1.5>two parts hard"));
}

TEST(Dot, ReadsLabelsAndKinds) {
  const DrawnSystem system = read_dot(drawing(
      "digraph { node [kind=infrastructure]\n"
      "\"q \\\"x\\\" \\\\\" [label=\"two\\nlines of \\N\", kind=supplier]\n"
      "b [label=<<b>bold</b>>] c [label=c] }"));
  ASSERT_EQ(system.services.size(), 3u);
  EXPECT_EQ(system.services[0].name, "q \"x\" \\");
  EXPECT_EQ(system.services[0].label, "two lines of q \"x\" \\");
  EXPECT_EQ(system.services[0].kind, "supplier");
  EXPECT_EQ(system.services[1].label, "");
  EXPECT_EQ(system.services[1].kind, "infrastructure");
  EXPECT_EQ(system.services[2].label, "");
}

TEST(Dot, PutsAlternativesTogether) {
  EXPECT_THAT(
      scenario_of_graph(read_dot(drawing(
          "digraph { web -> a [label=\"2 of stores\"]; web -> b "
          "[label=\"2 of stores\"]; web -> a [label=\"any of its places\"]; "
          "web -> b [label=\"any of its places\"] }"))),
      HasSubstr("\"stores\" = { kind = \"quorum\", of = [\"a\", \"b\"], "
                "at_least = 2 }\n"
                "\"its places\" = { kind = \"any\", of = [\"a\", \"b\"] }\n"));
}

// Edges told again and again are one need, in time linear in them.
TEST(Dot, MergesEdgesToldTwice) {
  std::string text = "digraph { a -> b";
  for (int i = 0; i < 20'000; ++i) text += "; a -> b [label=cached]";
  text += "; a -> c [label=\"007 of g\"]; a -> d [label=\"007 of g\"] }";
  const std::string scenario = scenario_of_graph(read_dot(drawing(text)));
  EXPECT_THAT(scenario,
              HasSubstr("\"b\" = \"hard\"\n\"b soft\" = { kind = \"soft\", "
                        "on = \"b\" }  # was cached: a graph does not tell "
                        "how long an answer is kept\n\"g\" = "));
  EXPECT_THAT(scenario, HasSubstr("at_least = 7 }"));
}

TEST(Dot, PointsAtWhatIsWrong) {
  EXPECT_EQ(complaint_about("digraph {\n  a -- b\n}"),
            "system.dot:2:5: error: this edge has no direction\n"
            "    2 | a -- b\n"
            "      |   ^  arrows lead from a service to what it needs: ->\n");
  EXPECT_THAT(complaint_about("graph { a -- b }"),
              HasSubstr(":1:1: error: the graph has no directions\n"));
  EXPECT_THAT(complaint_about("digraph { a -> }"),
              HasSubstr(":1:16: error: expected a node, a subgraph or }\n"));
  EXPECT_THAT(complaint_about("digraph { a [label=\"x }"),
              HasSubstr(":1:20: error: this text has no end\n"));
  EXPECT_THAT(complaint_about("digraph { a"),
              HasSubstr("expected } to end the graph\n"));
  EXPECT_THAT(complaint_about("digraph {}"), HasSubstr("there is no node"));
  EXPECT_THAT(complaint_about(""), HasSubstr("expected digraph\n"));
}

// What little text could make of a machine.
TEST(Dot, RefusesWhatNestsOrMultipliesBeyondReason) {
  EXPECT_THAT(complaint_about("digraph {" + std::string(100'000, '{')),
              HasSubstr("subgraphs nest deeper than 100\n"));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += " n" + std::to_string(i);
  EXPECT_THAT(complaint_about("digraph { {" + many + "} -> {" + many + "} }"),
              HasSubstr("there are more than 200000 arrows\n"));
  EXPECT_THAT(complaint_about("digraph { a [label=" + std::string(9999, '<')),
              HasSubstr("this text in angles has no end\n"));
}

}  // namespace
}  // namespace outagesim

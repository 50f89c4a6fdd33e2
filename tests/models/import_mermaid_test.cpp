#include "models/import/mermaid.h"

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
  const std::string path = scratch_folder() / "system.mmd";
  std::ofstream(path) << text;
  return path;
}

std::string complaint_about(const std::string& text) {
  try {
    read_mermaid(drawing(text));
  } catch (const InputError& error) {
    const std::string what = error.what();
    return what.substr(what.find("system.mmd"));
  }
  return {};
}

// "a>b hard" for each need, in the file's order.
std::vector<std::string> needs_of(const std::string& text) {
  std::vector<std::string> all;
  for (const DrawnService& service : read_mermaid(drawing(text)).services) {
    for (const DrawnNeed& need : service.needs) {
      all.push_back(service.name + ">" + need.target + " " + need.kind);
    }
  }
  return all;
}

TEST(Mermaid, ReadsArrowsOfEveryShape) {
  EXPECT_THAT(needs_of("---\ntitle: x\n---\n%% a comment\nflowchart TD\n"
                       "  a-->b-.->c==>d\n"
                       "  a -->|soft| c; a -- async --> d\n"
                       "  a -. Two .-> e & f\n"
                       "  e == \"any\" ==> f\n"
                       "  b ---->d --o g --x h\n"
                       "  g ~~~ h\n"),
              ElementsAre("a>b hard", "a>c soft", "a>d async", "a>e hard",
                          "a>f hard", "b>c hard", "b>d hard", "c>d hard",
                          "d>g hard", "e>f any", "g>h hard"));
}

TEST(Mermaid, ReadsNodesOfEveryShape) {
  const DrawnSystem system = read_mermaid(drawing(
      "graph LR\n"
      "  a[one] --> b(two)\n  c([\"three #quot;3#quot; #lt;\"]):::product\n"
      "  d[(four)] --> e((five)) --> f{six} --> g{{seven}} --> h[/eight/]\n"
      "  lb-node.x[\"`nine<br/>lines`\"]\n  a2[a2]\n"
      "  i@{ shape: cyl } --> a\n"
      "  class a,b supplier\n  class d round\n"
      "  subgraph one [A group]\n    direction LR\n    a --> lb-node.x\n"
      "  end\n  style a fill:#f9f\n  click a callback\n"));
  std::vector<std::string> labels;
  for (const DrawnService& one : system.services) {
    labels.push_back(one.name + "=" + one.label + "/" + one.kind);
  }
  EXPECT_THAT(labels, ElementsAre("a=one/supplier", "b=two/supplier",
                                  "c=three \"3\" </product", "d=four/",
                                  "e=five/", "f=six/", "g=seven/", "h=eight/",
                                  "lb-node.x=nine lines/", "a2=/", "i=/"));
}

TEST(Mermaid, PassesADescriptionOfSeveralLines) {
  EXPECT_THAT(needs_of("flowchart LR\naccDescr {\n x-->y\n}\naccDescr: {\n"
                       "a-->b\n"),
              ElementsAre("a>b hard"));
}

TEST(Mermaid, PointsAtWhatIsWrong) {
  EXPECT_EQ(complaint_about("flowchart LR\n  a --- b\n"),
            "system.mmd:2:5: error: this line has no direction\n"
            "    2 | a --- b\n"
            "      |   ^  arrows lead from a service to what it needs: -->\n");
  EXPECT_THAT(complaint_about("flowchart LR\na <--> b"),
              HasSubstr("two heads do not say who needs whom\n"));
  EXPECT_THAT(complaint_about("flowchart LR\na[x"),
              HasSubstr(":2:3: error: expected ] to end a node\n"));
  EXPECT_THAT(complaint_about("flowchart LR\na -- x"),
              HasSubstr("expected -- to end the arrow\n"));
  EXPECT_THAT(complaint_about("sequenceDiagram\na->>b: hi"),
              HasSubstr("expected flowchart, found \"sequenceDiagram\"\n"));
  EXPECT_THAT(complaint_about("flowchart LR\nsubgraph s\na-->b\nend\nc-->s\n"),
              HasSubstr(":5:5: error: \"s\" is a subgraph, which needs "
                        "nothing\n"));
  EXPECT_THAT(complaint_about("flowchart LR\n"), HasSubstr("no node"));
  EXPECT_THAT(complaint_about("flowchart LR\n[[[["),
              HasSubstr("expected a node\n"));
}

TEST(Mermaid, RefusesWhatMultipliesBeyondReason) {
  std::string many = "n";
  for (int i = 0; i < 1000; ++i) many += " & n" + std::to_string(i);
  EXPECT_THAT(complaint_about("flowchart LR\n" + many + " --> " + many),
              HasSubstr("there are more than 200000 arrows\n"));
}

}  // namespace
}  // namespace outagesim

#include "models/import/graphml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "models/base/error.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string file_of(const std::string& text) {
  const std::string path = scratch_folder() / "graph.graphml";
  std::ofstream(path) << text;
  return path;
}

std::string complaint_about(const std::string& graph) {
  try {
    read_graphml(file_of("<graphml>" + graph + "</graphml>"));
  } catch (const InputError& error) {
    const std::string what = error.what();
    return what.substr(what.find("graph.graphml") + 13);
  }
  return {};
}

// As another tool draws it: keys by number, no kinds.
const char* const kForeign = R"(<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <!-- drawn by hand -->
  <key id="d0" for="node" attr.name="label" attr.type="string"/>
  <key id="d1" for="node" attr.name="colour" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="web"><data key="d0">The &quot;shop&quot;</data></node>
    <node id="db"><data key="d1">red</data></node>
    <edge source="web" target="db"/>
  </graph>
</graphml>)";

TEST(Graphml, ReadsWhatAnotherToolDrew) {
  const DrawnSystem system = read_graphml(file_of(kForeign));
  ASSERT_EQ(system.services.size(), 2u);
  EXPECT_EQ(system.services[0].label, "The \"shop\"");
  EXPECT_EQ(system.services[0].needs[0].target, "db");
  EXPECT_EQ(system.services[0].needs[0].kind, "hard");
}

TEST(Graphml, BecomesAScenarioWhoseUnneededServicesAreProducts) {
  EXPECT_THAT(scenario_of_graph(read_graphml(file_of(kForeign))),
              HasSubstr("\n[service.\"web\"]\n"
                        "kind = \"product\"\n"
                        "label = \"The \\\"shop\\\"\"\n"
                        "[service.\"web\".needs]\n"
                        "\"db\" = \"hard\"\n"
                        "\n[service.\"db\"]\n"));
}

TEST(Graphml, PutsAlternativesTogether) {
  DrawnSystem system{
      {{"web", "", "product", {}}, {"a", "", "", {}}, {"b", "", "", {}}}};
  system.services[0].needs = {{"a", "quorum", "stores", "2"},
                              {"b", "quorum", "stores", "2"},
                              {"a", "cached", "", ""},
                              {"b", "any", "", ""}};
  EXPECT_THAT(
      scenario_of_graph(system),
      HasSubstr("\"stores\" = { kind = \"quorum\", of = [\"a\", \"b\"], "
                "at_least = 2 }\n"
                "\"a\" = \"soft\"  # was cached: a graph does not tell how "
                "long an answer is kept\n"
                "\"b\" = \"hard\"  # was any, with one target\n"));
}

TEST(Graphml, RefusesByNameWhatAScenarioCannotSay) {
  EXPECT_EQ(complaint_about(""),
            ":1:1: error: there is no <graph> in it\n"
            "    1 | <graphml></graphml>\n      | ^\n");
  EXPECT_THAT(complaint_about("<graph edgedefault='directed'/>"),
              HasSubstr("there is no <node> in its graph\n"));
  EXPECT_THAT(complaint_about("<graph><node id='a'/><node id='a'/></graph>"),
              HasSubstr("two nodes have the id \"a\"\n"));
  EXPECT_THAT(complaint_about("<graph edgedefault='directed'><node id='a'/>"
                              "<edge source='a' target='b'/></graph>"),
              HasSubstr("the target of an edge, \"b\", is no node\n"));
  EXPECT_THAT(complaint_about("<graph edgedefault='undirected'><node id='a'/>"
                              "<edge source='a' target='a'/></graph>"),
              HasSubstr("an edge has no direction"));
  EXPECT_THAT(complaint_about("<graph><node id='a'/><hyperedge/></graph>"),
              HasSubstr("a <hyperedge> is not an edge of two ends\n"));
  EXPECT_THAT(complaint_about("<graph><node id='a'><graph/></node></graph>"),
              HasSubstr("the node \"a\" has a graph within\n"));
}

TEST(Graphml, DropsNothingSilently) {
  const std::string graph = "<graph edgedefault='directed'>";
  EXPECT_THAT(complaint_about(graph + "<node id='a'/></graph><graph/>"),
              HasSubstr("more than one <graph>"));
  EXPECT_THAT(complaint_about(graph + "<node id='a'><port name='p'/></node>"
                                      "</graph>"),
              HasSubstr("the node \"a\" has ports"));
  EXPECT_THAT(complaint_about(graph + "<node id='a'/><edge source='a' "
                                      "target='a'/></graph>"),
              HasSubstr("leads from \"a\" to itself"));
  EXPECT_THAT(complaint_about(graph + "<node id='a'/></grph>"),
              HasSubstr("not XML: </grph> where </graph> is expected"));
  EXPECT_THAT(complaint_about(graph + "<node id='a'/></graph></graphml><b>"),
              HasSubstr("a second outermost element, <b>"));
  DrawnSystem system{{{"a", "", "robot", {}}}};
  EXPECT_THAT(scenario_of_graph(system), HasSubstr("# kind was robot\n"));
}

// A hub of many needs takes no longer than it is long.
TEST(Graphml, ReadsAStarOfManyNeeds) {
  DrawnSystem system{{{"hub", "", "", {}}}};
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = "s" + std::to_string(i);
    system.services.push_back({name, "", "", {}});
    system.services[0].needs.push_back({name, "hard", "", ""});
    system.services[0].needs.push_back({"s0", "any", std::to_string(i), ""});
  }
  EXPECT_THAT(scenario_of_graph(system), HasSubstr("\"s19999\" = \"hard\""));
}

// Ends that are none: in comments, in character data, in quotes.
TEST(Graphml, RefusesWhatNestsTooDeepBehindFalseEnds) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a x='/>'>";
  std::string ends;
  for (int i = 0; i < 100'000; ++i) ends += "</a>";
  EXPECT_THAT(complaint_about(deep), HasSubstr("deeper than 200"));
  deep.clear();
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_THAT(complaint_about("<!--" + ends + "-->" + deep),
              HasSubstr("deeper than 200"));
  EXPECT_THAT(complaint_about("<b><![CDATA[" + ends + "]]></b>" + deep),
              HasSubstr("deeper than 200"));
}

// Quotes that Boost's parser does not count as such, and tags that it would
// take for the right ones.
TEST(Graphml, RefusesWhatNestsTooDeepBehindFalseQuotes) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<c>";
  EXPECT_THAT(complaint_about("<b'>" + deep), HasSubstr("deeper than 200"));
  EXPECT_THAT(complaint_about("<b<\">" + deep), HasSubstr("deeper than 200"));
  EXPECT_THAT(complaint_about("<!DOCTYPE a '>" + deep),
              HasSubstr("deeper than 200"));
  EXPECT_THAT(complaint_about("<!DOCTYPE a [<!-- ' > ]>" + deep),
              HasSubstr("deeper than 200"));
  EXPECT_THAT(complaint_about("<!ENTITY '>" + deep),
              HasSubstr("deeper than 200"));
  EXPECT_THAT(complaint_about("<!-->" + deep),
              HasSubstr("not XML: --> never comes"));
  EXPECT_THAT(complaint_about("<a></b>" + deep),
              HasSubstr("</b> where </a> is expected"));
  EXPECT_THAT(complaint_about("<a b/c'='>" + deep), HasSubstr("expected ="));
  EXPECT_THAT(complaint_about("</graphml><a>" + deep),
              HasSubstr("a second outermost element"));
}

TEST(Graphml, PointsAtTheElementThatIsWrong) {
  EXPECT_EQ(complaint_about("\n<!-- <node> -->\n <graph edgedefault="
                            "'directed'>\n  <node id='a'/>\n"
                            "  <edge source='a' target='b'/></graph>"),
            ":5:3: error: the target of an edge, \"b\", is no node\n"
            "    5 | <edge source='a' target='b'/></graph></graphml>\n"
            "      | ^\n");
}

TEST(Graphml, RefusesMoreArrowsThanADrawingHolds) {
  std::string graph =
      "<graph edgedefault='directed'><node id='a'/><node "
      "id='b'/>";
  for (int i = 0; i <= 200'000; ++i) graph += "<edge source='a' target='b'/>";
  EXPECT_THAT(complaint_about(graph + "</graph>"),
              HasSubstr("there are more than 200000 arrows\n"));
}

TEST(Graphml, RefusesWhatNestsTooDeep) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_THAT(complaint_about(deep), HasSubstr("nest deeper than 200"));
}

TEST(Graphml, RefusesWhatIsNotXml) {
  EXPECT_THAT(complaint_about("<graph"), HasSubstr("not XML"));
}

}  // namespace
}  // namespace outagesim

#include "viz/graph_formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <regex>
#include <set>

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kEvil = "a \"b\" <c> & \\ d";

Need need_of(const std::string& target, NeedKind kind) {
  Need need;
  need.name = target;
  need.kind = kind;
  need.targets = {Place{{target, {}}, {}}};
  return need;
}

// A shop that needs a database with a hostile name, and hears of a cache.
Scenario three_services() {
  Scenario scenario;
  scenario.services.resize(3);
  scenario.services[0].name = "shop";
  scenario.services[0].kind = ServiceKind::kProduct;
  scenario.services[0].needs = {need_of(kEvil, NeedKind::kHard),
                                need_of("cache", NeedKind::kSoft)};
  scenario.services[1].name = kEvil;
  scenario.services[2].name = "cache";
  return scenario;
}

const GraphColours kServed{"served", {0.5, 1, std::nan("")}};

TEST(GraphFormats, ColourFromBadToGood) {
  EXPECT_EQ(share_colour(0), "#a50026");
  EXPECT_EQ(share_colour(0.8), "#f5a623");
  EXPECT_EQ(share_colour(1), "#2c6fbb");
  EXPECT_EQ(share_colour(std::nan("")), "#b0b6c0");
}

TEST(GraphFormats, WriteDot) {
  const std::string text = graph_dot(three_services(), kServed);
  EXPECT_THAT(text, HasSubstr("  \"shop\" [label=\"shop\", shape=oval, "
                              "kind=product, fillcolor=\"#"));
  EXPECT_THAT(text, HasSubstr("tooltip=\"served 50.0 %\""));
  EXPECT_THAT(text, HasSubstr("  \"shop\" -> \"a \\\"b\\\" <c> & \\\\ d\" "
                              "[label=\"hard\", style=solid];\n"));
  EXPECT_THAT(text, HasSubstr("[label=\"soft\", style=dashed];\n"));
}

TEST(GraphFormats, WriteMermaid) {
  const std::string text = graph_mermaid(three_services(), {});
  EXPECT_EQ(text,
            "flowchart RL\n"
            "  shop([\"shop\"]):::product\n"
            "  _1[\"a #quot;b#quot; #lt;c#gt; & \\ d\"]\n"
            "  cache[\"cache\"]\n"
            "  shop -->|hard| _1\n"
            "  shop -.->|soft| cache\n");
}

TEST(GraphFormats, TellAlternativesApart) {
  Scenario scenario = three_services();
  Need need = need_of("cache", NeedKind::kQuorum);
  need.name = "stores";
  need.at_least = 1;
  need.targets.push_back(Place{{kEvil, {}}, {}});
  need.targets.push_back(need.targets.front());  // another cell of it
  scenario.services[0].needs = {need};
  EXPECT_THAT(graph_mermaid(scenario, {}),
              HasSubstr("  shop -.->|\"1 of stores\"| cache\n"
                        "  shop -.->|\"1 of stores\"| _1\n"));
  EXPECT_THAT(graph_dot(scenario, {}), HasSubstr("[label=\"1 of stores\", "));
}

TEST(GraphFormats, WriteSvgThatRunsNothing) {
  const std::string text = graph_svg(three_services(), kServed);
  EXPECT_THAT(text, HasSubstr("served 50.0 %"));
  EXPECT_THAT(text, HasSubstr("a &quot;b&quot; &lt;c&gt; &amp; \\ d"));
  EXPECT_THAT(text, Not(HasSubstr("<c>")));
}

std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> kEntities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (const auto& [entity, character] : kEntities) {
    text = std::regex_replace(text, std::regex(entity), character);
  }
  return text;
}

TEST(GraphFormats, WriteGraphmlThatReadsBack) {
  const Scenario scenario = three_services();
  const std::string text = graph_graphml(scenario, kServed);
  std::vector<std::string> nodes;
  std::set<std::string> edges;
  const std::regex node("<node id=\"([^\"]*)\">");
  const std::regex edge(
      "<edge source=\"([^\"]*)\" target=\"([^\"]*)\"><data key=\"need\">"
      "([a-z_]*)</data></edge>");
  for (std::sregex_iterator i(text.begin(), text.end(), node), end; i != end;
       ++i) {
    nodes.push_back(unescaped((*i)[1]));
  }
  for (std::sregex_iterator i(text.begin(), text.end(), edge), end; i != end;
       ++i) {
    edges.insert(unescaped((*i)[1]) + "|" + unescaped((*i)[2]) + "|" +
                 (*i)[3].str());
  }
  EXPECT_THAT(nodes, ::testing::ElementsAre("shop", kEvil, "cache"));
  EXPECT_THAT(edges,
              ::testing::ElementsAre("shop|" + std::string(kEvil) + "|hard",
                                     "shop|cache|soft"));
  EXPECT_THAT(text, HasSubstr("<data key=\"served\">0.5</data>"));
}

}  // namespace
}  // namespace outagesim

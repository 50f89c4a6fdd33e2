// Open-PSA fault trees out and in.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "models/analysis/exact_products.h"
#include "models/analysis/static_tree.h"
#include "models/base/error.h"
#include "models/import/open_psa.h"
#include "models/scenario/load.h"
#include "tests/cli/fault_trees.h"
#include "tests/cli/program.h"
#include "viz/open_psa.h"

namespace outagesim::testing {
namespace {

using ::testing::HasSubstr;

TEST(OpenPsa, ExportKeepsTheOutageOfEachProduct) {
  const Scratch scratch;
  const Model model = model_at(written(scratch, "a.toml", bridge_system()));
  const FaultTree tree = static_tree(model);
  const auto answers = solve_tree(tree);
  const auto products = exact_products(model).products;
  ASSERT_EQ(answers.size(), products.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_NEAR(answers[i].probability / products[i].outage_share, 1, 1e-12);
  }
}

TEST(OpenPsa, WhatIsExportedIsReadBackAsTheSameSystem) {
  const Scratch scratch;
  const Model model = model_at(written(scratch, "a.toml", bridge_system()));
  const fs::path xml =
      written(scratch, "a.xml", open_psa_xml(static_tree(model)));
  const FaultTree tree = read_open_psa(xml.string());
  const Model again =
      model_at(written(scratch, "b.toml", scenario_of_tree(tree)));
  const auto before = exact_products(model).products;
  const auto after = exact_products(again).products;
  ASSERT_EQ(after.size(), before.size());
  std::vector<double> a, b;
  for (const auto& product : before) a.push_back(product.outage_share);
  for (const auto& product : after) b.push_back(product.outage_share);
  std::ranges::sort(a);
  std::ranges::sort(b);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(b[i] / a[i], 1, 1e-9);
}

// A tree as other tools write it: nested formulas, a parameter, a law.
constexpr const char* kForeign = R"(<?xml version="1.0"?>
<opsa-mef>
  <define-fault-tree name="pump">
    <define-gate name="top">
      <or><and><basic-event name="a"/><gate name="both"/></and>
          <atleast min="2"><basic-event name="a"/><basic-event name="b"/>
                           <basic-event name="c"/></atleast></or>
    </define-gate>
    <define-gate name="both"><and><event name="b"/><event name="c"/></and>
    </define-gate>
    <define-basic-event name="a"><float value="0.01"/></define-basic-event>
  </define-fault-tree>
  <model-data>
    <define-parameter name="q"><float value="0.02"/></define-parameter>
    <define-basic-event name="b"><parameter name="q"/></define-basic-event>
    <define-basic-event name="c">
      <exponential><float value="1e-5"/><float value="1000"/></exponential>
    </define-basic-event>
  </model-data>
</opsa-mef>
)";

TEST(OpenPsa, ReadsATreeOfAnotherTool) {
  const Scratch scratch;
  const fs::path xml = written(scratch, "pump.xml", kForeign);
  const FaultTree tree = read_open_psa(xml.string());
  const double a = 0.01, b = 0.02, c = -std::expm1(-0.01);
  const double two = a * b + a * c + b * c - 2 * a * b * c;
  ASSERT_EQ(tree.tops.size(), 1U);
  EXPECT_NEAR(solve_tree(tree)[0].probability, two, 1e-15);
  const Ran ran = run({"import", xml.string()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const Model model = model_at(written(scratch, "pump.toml", ran.out));
  EXPECT_NEAR(exact_products(model).products[0].outage_share, two, 1e-12);
}

TEST(OpenPsa, RefusesWhatAScenarioCannotSay) {
  const Scratch scratch;
  std::string text = kForeign;
  text.replace(text.find("<and><event"), 5, "<nor>");
  text.replace(text.find("</and>\n    </define-gate>"), 6, "</nor>");
  const Ran ran = run({"import", written(scratch, "x.xml", text).string()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("gate \"both\": <nor> is not read"));
}

TEST(OpenPsa, RefusesACircleAndWhatIsNotXml) {
  const Scratch scratch;
  std::string text = kForeign;
  text.replace(text.find("<event name=\"b\"/>"), 17, "<gate name=\"top\"/>");
  const Ran circle = run({"import", written(scratch, "x.xml", text).string()});
  EXPECT_EQ(circle.code, 1);
  EXPECT_THAT(circle.err, HasSubstr("stands in a circle"));
  const Ran broken = run({"import", written(scratch, "y.xml", "<a>").string()});
  EXPECT_EQ(broken.code, 1);
  EXPECT_THAT(broken.err, HasSubstr("y.xml:1: not XML"));
}

// Where it is, and no circle claimed where there is none.
TEST(OpenPsa, PointsAtWhatIsTooDeep) {
  const Scratch scratch;
  std::string text = "<opsa-mef>\n";
  for (int i = 0; i < 300; ++i) {
    text += "<define-gate name=\"g" + std::to_string(i) +
            "\"><or><gate name=\"g" + std::to_string(i + 1) +
            "\"/></or></define-gate>\n";
  }
  const fs::path xml = written(scratch, "x.xml", text + "</opsa-mef>");
  const Ran ran = run({"import", xml.string()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("x.xml:202:30: error: gate \"g201\" lies "
                                 "deeper than 200 gates\n"));
}

TEST(OpenPsa, RefusesParametersInACircle) {
  const Scratch scratch;
  const std::string text =
      "<opsa-mef>\n<define-gate name=\"g\"><basic-event name=\"e\"/>"
      "</define-gate>\n<define-basic-event name=\"e\"><parameter "
      "name=\"p\"/></define-basic-event>\n<define-parameter name=\"p\">"
      "<parameter name=\"p\"/></define-parameter></opsa-mef>";
  const Ran ran = run({"import", written(scratch, "x.xml", text).string()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("x.xml:4:28: error: parameter \"p\" stands in "
                                 "a circle\n"));
}

std::string tree_of(const std::string& definitions) {
  return "<opsa-mef><define-fault-tree name=\"t\">" + definitions +
         "</define-fault-tree></opsa-mef>";
}
constexpr const char* kTwoEvents =
    "<define-basic-event name=\"a\"><float value=\"0.1\"/>"
    "</define-basic-event><define-basic-event name=\"b\"><float value=\"0.2\"/>"
    "</define-basic-event>";

TEST(OpenPsa, DropsNothingSilently) {
  const Scratch scratch;
  const auto complaint = [&](const std::string& definitions) {
    const fs::path xml = written(scratch, "x.xml", tree_of(definitions));
    const Ran ran = run({"import", xml.string()});
    EXPECT_EQ(ran.code, 1) << ran.out;
    return ran.err;
  };
  const std::string events = kTwoEvents;
  EXPECT_THAT(complaint("<define-gate name=\"g\"><basic-event name=\"a\"/>"
                        "<basic-event name=\"b\"/></define-gate>" +
                        events),
              HasSubstr("\"g\": <basic-event> beside <basic-event>"));
  EXPECT_THAT(complaint("<define-gate name=\"g\"><atleast min=\"2\"><event "
                        "name=\"a\"/><event name=\"a\"/></atleast>"
                        "</define-gate>" +
                        events),
              HasSubstr("<atleast> counts an input twice"));
  EXPECT_THAT(
      complaint("<define-gate name=\"" + std::string(2000, 'g') +
                "\"><or><event name=\"a\"/></or></define-gate>" + events),
      HasSubstr("has what a scenario cannot say"));
}

TEST(OpenPsa, NamesThatMeetAreToldApart) {
  const Scratch scratch;
  const std::string text = tree_of(
      "<define-gate name=\"a\"><or><event name=\"a\" type=\"basic-event\"/>"
      "<event name=\"a\" type=\"basic-event\"/><gate name=\"a (gate)\"/></or>"
      "</define-gate><define-gate name=\"a (gate)\"><and><event name=\"a\" "
      "type=\"basic-event\"/><event name=\"b\"/></and></define-gate>" +
      std::string(kTwoEvents));
  const Ran ran = run({"import", written(scratch, "x.xml", text).string()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("[service.\"a (gate 2)\"]"));
}

// Each parameter uses the one before twice: 2^100 ways, one value.
TEST(OpenPsa, WorksParametersOutOnce) {
  const Scratch scratch;
  std::string definitions =
      "<define-gate name=\"g\"><basic-event name=\"e\"/></define-gate>"
      "<define-basic-event name=\"e\"><parameter name=\"p100\"/>"
      "</define-basic-event><define-parameter name=\"p0\"><float "
      "value=\"0.5\"/></define-parameter>";
  for (int i = 1; i <= 100; ++i) {
    const std::string before =
        "<parameter name=\"p" + std::to_string(i - 1) + "\"/>";
    definitions += "<define-parameter name=\"p" + std::to_string(i) +
                   "\"><exponential>" + before + before +
                   "</exponential></define-parameter>";
  }
  const fs::path xml = written(scratch, "x.xml", tree_of(definitions));
  const FaultTree tree = read_open_psa(xml.string());
  EXPECT_LT(tree.events.at(0).probability.value, 0.5);
}

TEST(OpenPsa, ExportSaysWhatItLeavesOut) {
  const Ran ran = run({"export", "scenarios/three-tier.toml"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("<define-gate name=\"catalogue_out\">"));
  EXPECT_THAT(ran.err,
              HasSubstr("left out: fault bad-release: it ends by repair"));
}

}  // namespace
}  // namespace outagesim::testing

// Open-PSA fault trees out and in, and Debian's SCRAM as the judge where it is
// installed.
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>

#include "models/analysis/exact_products.h"
#include "models/analysis/static_tree.h"
#include "models/base/error.h"
#include "models/import/open_psa.h"
#include "models/scenario/load.h"
#include "tests/cli/program.h"
#include "viz/open_psa.h"

namespace outagesim::testing {
namespace {

using ::testing::HasSubstr;

Model model_at(const fs::path& path) {
  return compile(load_scenario(path.string()));
}

fs::path written(const Scratch& scratch, const std::string& name,
                 const std::string& text) {
  const fs::path path = scratch.path() / name;
  std::ofstream(path) << text;
  return path;
}

// Rare parts, so that six printed digits are nine after the point.
const std::string kFailures =
    "fails = { time_to_failure = \"exponential(mean 40000 h)\", time_to_repair "
    "= \"exponential(mean 4 h)\", stationary = true }\n";

std::string rare_system() {
  std::string text =
      "format = 1\n[scenario]\nstart = 2025-01-01T00:00:00Z\nhorizon = \"365 "
      "d\"\n"
      "[service.shop]\nkind = \"product\"\nneeds = [\"pay\"]\n"
      "needs.path = { kind = \"any\", of = [\"p\", \"q\", \"r\", \"s\"] }\n";
  text.replace(text.find("needs = [\"pay\"]\n"), 16, "");
  text +=
      "needs.pay = \"hard\"\n[service.pay]\nneeds.of = { kind = "
      "\"quorum\", of = [\"y1\", \"y2\", \"y3\"], at_least = 2 }\n";
  for (const char* part : {"x0", "x1", "x2", "x3", "x4", "y1", "y2", "y3"}) {
    text += "[service." + std::string(part) + "]\n" + kFailures;
  }
  return text +
         "[service.p]\nneeds = [\"x0\", \"x3\"]\n[service.q]\nneeds = "
         "[\"x1\", \"x4\"]\n[service.r]\nneeds = [\"x0\", \"x2\", \"x4\"]\n"
         "[service.s]\nneeds = [\"x1\", \"x2\", \"x3\"]\n"
         // In part: cells and a share, so a ladder of gates.
         "[service.search]\nkind = \"product\"\nneeds.index = { kind = "
         "\"hard\", share = \"30 %\" }\n[service.index]\ncells = { number = 3 "
         "}\nhead_room = \"100 %\"\nfails = { time_to_failure = "
         "\"exponential(mean 90000 h)\", time_to_repair = \"exponential(mean 9 "
         "h)\", stationary = true, per_cell = true }\n";
}

TEST(OpenPsa, ExportKeepsTheOutageOfEachProduct) {
  const Scratch scratch;
  const Model model = model_at(written(scratch, "a.toml", rare_system()));
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
  const Model model = model_at(written(scratch, "a.toml", rare_system()));
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

// --- What SCRAM prints ---
struct ScramEvent {
  double birnbaum = 0, critical = 0, achievement = 0, reduction = 0;
};
struct ScramAnswer {
  double probability = 0;
  std::set<std::set<std::string>> cut_sets;
  std::map<std::string, ScramEvent> events;
};

double attribute(const std::string& element, const std::string& name) {
  std::smatch match;
  const std::regex pattern(name + "=\"([^\"]*)\"");
  return std::regex_search(element, match, pattern) ? std::stod(match[1])
                                                    : std::nan("");
}
std::string name_in(const std::string& element) {
  std::smatch match;
  std::regex_search(element, match, std::regex("name=\"([^\"]*)\""));
  return match[1];
}

std::map<std::string, ScramAnswer> read_report(const fs::path& path) {
  std::map<std::string, ScramAnswer> answers;
  ScramAnswer* now = nullptr;
  std::set<std::string> product;
  std::istringstream lines(file_text(path));
  for (std::string line; std::getline(lines, line);) {
    const bool sums = line.find("<sum-of-products") != line.npos;
    if (sums || line.find("<importance") != line.npos) {
      now = &answers[name_in(line)];
      if (sums) now->probability = attribute(line, "probability");
    } else if (line.find("</product>") != line.npos) {
      now->cut_sets.insert(std::exchange(product, {}));
    } else if (line.find("MIF=") != line.npos) {
      now->events[name_in(line)] = {
          attribute(line, "MIF"), attribute(line, "CIF"),
          attribute(line, "RAW"), attribute(line, "RRW")};
    } else if (line.find("<basic-event name") != line.npos) {
      product.insert(name_in(line));
    }
  }
  return answers;
}

// SCRAM prints six digits and has no option for more: to nine decimals, or
// where fewer are printed, half a unit of the sixth digit.
double printed_to(double x) {
  return std::max(1e-9, 0.5001 * std::pow(10, std::floor(std::log10(x)) - 5));
}

bool run_scram(const fs::path& xml, const fs::path& report) {
  const std::string command = "scram '" + xml.string() +
                              "' --bdd --probability 1 --importance 1 -o '" +
                              report.string() + "' > /dev/null 2>&1";
  return std::system(command.c_str()) == 0;
}

TEST(OpenPsa, ScramSolvesWhatIsExportedToTheSameNumbers) {
  if (std::system("command -v scram > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "scram is not installed";
  }
  const Scratch scratch;
  const Model model = model_at(written(scratch, "a.toml", rare_system()));
  const FaultTree tree = static_tree(model);
  const fs::path xml = written(scratch, "a.xml", open_psa_xml(tree));
  ASSERT_TRUE(run_scram(xml, scratch.path() / "report.xml"));
  auto theirs = read_report(scratch.path() / "report.xml");
  for (const TreeAnswer& ours : solve_tree(tree)) {
    const ScramAnswer& answer = theirs.at(tree.gates[ours.top].name);
    EXPECT_LT(ours.probability, 1e-3);
    EXPECT_NEAR(answer.probability, ours.probability, 1e-9);
    std::set<std::set<std::string>> cut_sets;
    for (const auto& set : ours.cut_sets) {
      std::set<std::string> names;
      for (const auto event : set) names.insert(tree.events[event].name);
      cut_sets.insert(names);
    }
    EXPECT_EQ(answer.cut_sets, cut_sets);
    for (const auto& [name, event] : answer.events) {
      const auto at = std::ranges::find(tree.events, name, &BasicEvent::name);
      const auto i = static_cast<std::size_t>(at - tree.events.begin());
      EXPECT_NEAR(event.birnbaum, ours.birnbaum[i],
                  printed_to(ours.birnbaum[i]));
      EXPECT_NEAR(event.critical, ours.fussell_vesely[i],
                  printed_to(ours.fussell_vesely[i]));
      EXPECT_NEAR(event.achievement, ours.achievement[i],
                  printed_to(ours.achievement[i]));
      EXPECT_NEAR(event.reduction, ours.reduction[i],
                  printed_to(ours.reduction[i]));
    }
  }
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

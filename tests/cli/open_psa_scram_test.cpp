// Debian's SCRAM as the judge of exported fault trees, where it is installed.
//
// SCRAM prints six digits and has no option for more, so it is made to
// subtract. Beside each top T stands a judge gate, (e and T) or (not e and q),
// with a fresh event e and a fresh event q of the probability that we claim for
// T. The Birnbaum importance of e is P(judge | e) - P(judge | not e) = P(T) -
// q: a difference of doubles within SCRAM, of which the six digits that are
// printed are those of the difference. So q plus it is SCRAM's answer in full.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "models/analysis/static_tree.h"
#include "tests/cli/fault_trees.h"
#include "viz/open_psa.h"

namespace outagesim::testing {
namespace {

using NameSets = std::set<std::set<std::string>>;

// What SCRAM prints of a top.
struct ScramTop {
  NameSets cut_sets;
  // By what it calls it and event: MIF is Birnbaum, CIF criticality, which we
  // call Fussell-Vesely, RAW and RRW risk achievement and reduction worth.
  std::map<std::string, std::map<std::string, double>> importance;
};
using ScramReport = std::map<std::string, ScramTop>;

std::string attribute(const std::string& element, const std::string& name) {
  const std::size_t from = element.find(name + "=\"");
  if (from == element.npos) return {};
  const std::size_t begin = from + name.size() + 2;
  return element.substr(begin, element.find('"', begin) - begin);
}

ScramReport read_report(const fs::path& path) {
  ScramReport report;
  ScramTop* now = nullptr;
  std::set<std::string> product;
  std::istringstream lines(file_text(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.find("<sum-of-products") != line.npos ||
        line.find("<importance") != line.npos) {
      now = &report[attribute(line, " name")];
    } else if (line.find("</product>") != line.npos) {
      now->cut_sets.insert(std::exchange(product, {}));
    } else if (line.find("MIF=") != line.npos) {
      for (const char* kind : {"MIF", "CIF", "RAW", "RRW"}) {
        now->importance[kind][attribute(line, " name")] =
            std::stod(attribute(line, kind));
      }
    } else if (line.find("<basic-event name") != line.npos) {
      product.insert(attribute(line, " name"));
    }
  }
  return report;
}

bool scram_is_installed() {
  return std::system("command -v scram > /dev/null 2>&1") == 0;
}

ScramReport asked_of_scram(const Scratch& scratch, const std::string& xml) {
  const fs::path asked = written(scratch, "asked.xml", xml);
  const fs::path told = scratch.path() / "told.xml";
  const std::string command = "scram '" + asked.string() +
                              "' --bdd --probability 1 --importance 1 -o '" +
                              told.string() + "' > /dev/null 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return read_report(told);
}

std::string in_full(double x) {
  std::ostringstream text;
  text.precision(17);
  text << x;
  return text.str();
}

void insert_before(const std::string& mark, const std::string& what,
                   std::string& text) {
  text.insert(text.find(mark), what);
}

std::string event_xml(const std::string& name, double probability) {
  return "<define-basic-event name=\"" + name + "\"><float value=\"" +
         in_full(probability) + "\"/></define-basic-event>\n";
}

// The tree as we export it, and a judge of each top.
std::string with_judges(const FaultTree& tree,
                        const std::vector<double>& claims) {
  std::string xml = open_psa_xml(tree);
  std::string gates;
  std::string events = event_xml("judge_e", 0.5);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const std::string n = std::to_string(i);
    gates += "<define-gate name=\"judge" + n +
             "\"><or><and><basic-event name=\"judge_e\"/><gate name=\"" +
             tree.gates[tree.tops[i]].name +
             "\"/></and><and><not><basic-event name=\"judge_e\"/></not>"
             "<basic-event name=\"judge_q" +
             n + "\"/></and></or></define-gate>\n";
    events += event_xml("judge_q" + n, claims[i]);
  }
  insert_before("  </define-fault-tree>", gates, xml);
  insert_before("  </model-data>", events, xml);
  return xml;
}

// P(top) as SCRAM has it, in full, for each top; the claims stand beside it.
std::vector<double> judged(const Scratch& scratch, const FaultTree& tree,
                           std::vector<double> claims) {
  const ScramReport report = asked_of_scram(scratch, with_judges(tree, claims));
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const ScramTop& judge = report.at("judge" + std::to_string(i));
    claims[i] += judge.importance.at("MIF").at("judge_e");
  }
  return claims;
}

// ... with an event certain to have happened, or not to.
std::vector<double> judged_given(const Scratch& scratch, FaultTree tree,
                                 std::size_t event, bool happened,
                                 const std::vector<double>& claims) {
  tree.events[event].probability = Probability{happened ? 1.0 : 0.0};
  return judged(scratch, tree, claims);
}

NameSets named(const FaultTree& tree, const TreeAnswer& answer) {
  NameSets sets;
  for (const auto& set : answer.cut_sets) {
    std::set<std::string> names;
    for (const auto event : set) names.insert(tree.events[event].name);
    sets.insert(names);
  }
  return sets;
}

// What the two differ by, relative to the larger.
double apart(double a, double b) {
  if (a == b) return 0;  // and where both are 0 or infinite
  return std::abs(a - b) / std::max(std::abs(a), std::abs(b));
}

constexpr double kAgreed = 1e-9;

// Systems for the judge. In none is an outage so rare that nine digits of its
// probability are below the last of 1: there a difference of doubles ends.
std::vector<Model> systems(const Scratch& scratch) {
  std::vector<Model> models;
  for (const char* lasts : {"4000 h", "40 h"}) {
    models.push_back(
        model_at(written(scratch, "a.toml", bridge_system(lasts))));
  }
  models.push_back(model_at(source_tree() / "scenarios/three-tier.toml"));
  return models;
}

TEST(ScramJudges, CutSetsAreTheSame) {
  if (!scram_is_installed()) GTEST_SKIP() << "scram is not installed";
  const Scratch scratch;
  for (const Model& model : systems(scratch)) {
    const FaultTree tree = static_tree(model);
    const ScramReport theirs = asked_of_scram(scratch, open_psa_xml(tree));
    for (const TreeAnswer& ours : solve_tree(tree)) {
      const std::string& name = tree.gates[ours.top].name;
      EXPECT_EQ(theirs.at(name).cut_sets, named(tree, ours)) << name;
    }
  }
}

std::vector<double> probabilities(const std::vector<TreeAnswer>& answers) {
  std::vector<double> all;
  for (const TreeAnswer& answer : answers) all.push_back(answer.probability);
  return all;
}

TEST(ScramJudges, ProbabilitiesAgreeToNineDigits) {
  if (!scram_is_installed()) GTEST_SKIP() << "scram is not installed";
  const Scratch scratch;
  for (const Model& model : systems(scratch)) {
    const FaultTree tree = static_tree(model);
    const std::vector<double> ours = probabilities(solve_tree(tree));
    const std::vector<double> theirs = judged(scratch, tree, ours);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      EXPECT_GT(ours[i], 0);
      EXPECT_LT(apart(ours[i], theirs[i]), kAgreed) << ours[i];
    }
  }
}

// The importance of an event follows from three probabilities: as it is, with
// the event certain, and with it impossible.
void expect_importance(const FaultTree& tree, std::size_t event,
                       const std::vector<TreeAnswer>& answers,
                       const std::vector<double>& plain) {
  const Scratch scratch;
  std::vector<double> with, without;
  for (const TreeAnswer& ours : answers) {
    with.push_back(ours.achievement[event] * ours.probability);
    without.push_back(ours.probability / ours.reduction[event]);
  }
  with = judged_given(scratch, tree, event, true, with);
  without = judged_given(scratch, tree, event, false, without);
  const double p = tree.events[event].probability.value;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const TreeAnswer& ours = answers[i];
    const double birnbaum = with[i] - without[i];
    const std::string& name = tree.events[event].name;
    EXPECT_LT(apart(ours.birnbaum[event], birnbaum), kAgreed) << name;
    EXPECT_LT(apart(ours.fussell_vesely[event], birnbaum * p / plain[i]),
              kAgreed)
        << name;
    EXPECT_LT(apart(ours.achievement[event], with[i] / plain[i]), kAgreed)
        << name;
    EXPECT_LT(apart(ours.reduction[event], plain[i] / without[i]), kAgreed)
        << name;
  }
}

// The words mean the same: in the six digits that SCRAM prints.
TEST(ScramJudges, ImportanceIsDefinedAlike) {
  if (!scram_is_installed()) GTEST_SKIP() << "scram is not installed";
  const Scratch scratch;
  const FaultTree tree =
      static_tree(model_at(written(scratch, "a.toml", bridge_system("40 h"))));
  const ScramReport theirs = asked_of_scram(scratch, open_psa_xml(tree));
  const std::map<std::string, std::vector<double> TreeAnswer::*> kinds{
      {"MIF", &TreeAnswer::birnbaum},
      {"CIF", &TreeAnswer::fussell_vesely},
      {"RAW", &TreeAnswer::achievement},
      {"RRW", &TreeAnswer::reduction}};
  for (const TreeAnswer& ours : solve_tree(tree)) {
    const ScramTop& top = theirs.at(tree.gates[ours.top].name);
    for (const auto& [kind, values] : kinds) {
      for (const auto& [name, value] : top.importance.at(kind)) {
        const auto at = std::ranges::find(tree.events, name, &BasicEvent::name);
        const auto event = static_cast<std::size_t>(at - tree.events.begin());
        EXPECT_LT(apart((ours.*values)[event], value), 1e-5) << kind << name;
      }
    }
  }
}

TEST(ScramJudges, ImportanceAgreesToNineDigits) {
  if (!scram_is_installed()) GTEST_SKIP() << "scram is not installed";
  const Scratch scratch;
  for (const Model& model : systems(scratch)) {
    const FaultTree tree = static_tree(model);
    const std::vector<TreeAnswer> answers = solve_tree(tree);
    const auto plain = judged(scratch, tree, probabilities(answers));
    for (std::size_t event = 0; event < tree.events.size(); ++event) {
      expect_importance(tree, event, answers, plain);
    }
  }
}

// Where the judge would agree with anything, the tests above say nothing: a
// claim that is off by 3e-9 of itself is found out, and so is a wild one.
TEST(ScramJudges, AClaimOffInTheNinthDigitIsFoundOut) {
  if (!scram_is_installed()) GTEST_SKIP() << "scram is not installed";
  const Scratch scratch;
  const FaultTree tree =
      static_tree(model_at(written(scratch, "a.toml", bridge_system("400 h"))));
  const std::vector<double> right = probabilities(solve_tree(tree));
  std::vector<double> near = right;
  for (double& claim : near) claim *= 1 + 3e-9;
  const std::vector<double> wild(right.size(), 0.7);
  const std::vector<double> theirs = judged(scratch, tree, right);
  const std::vector<double> against_near = judged(scratch, tree, near);
  const std::vector<double> against_wild = judged(scratch, tree, wild);
  for (std::size_t i = 0; i < right.size(); ++i) {
    EXPECT_GT(apart(near[i], against_near[i]), kAgreed);
    EXPECT_LT(apart(theirs[i], against_near[i]), kAgreed);
    EXPECT_NEAR(against_wild[i], right[i], 1e-6);  // six digits
  }
}

}  // namespace
}  // namespace outagesim::testing

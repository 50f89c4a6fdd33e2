// Decision diagrams, cut sets and importance against sums over all states.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "models/analysis/closed_forms.h"
#include "models/analysis/cut_sets.h"
#include "models/analysis/decision_diagram.h"

namespace outagesim {
namespace {

using testing::ElementsAre;

// The bridge: 0 and 1 from the left, 2 across, 3 and 4 to the right. True where
// no path works; variables are failures.
DiagramRef bridge_fails(DecisionDiagram& d) {
  std::array<DiagramRef, 5> x{};
  for (std::uint32_t i = 0; i < 5; ++i) x[i] = d.variable(i);
  const auto path = [&](std::vector<std::uint32_t> parts) {
    DiagramRef fails = kDiagramFalse;
    for (const auto part : parts) fails = d.either(fails, x[part]);
    return fails;
  };
  return d.both(d.both(path({0, 3}), path({1, 4})),
                d.both(path({0, 2, 4}), path({1, 2, 3})));
}

TEST(DecisionDiagram, EqualFunctionsAreOneNode) {
  DecisionDiagram d(3);
  const DiagramRef a = d.variable(0), b = d.variable(1), c = d.variable(2);
  EXPECT_EQ(d.both(a, d.either(b, c)), d.either(d.both(a, b), d.both(a, c)));
  EXPECT_EQ(d.negated(d.both(a, b)), d.either(d.negated(a), d.negated(b)));
  EXPECT_EQ(d.either(a, d.negated(a)), kDiagramTrue);
}

// R = 2 p² + 2 p³ - 5 p⁴ + 2 p⁵ for like parts [Trivedi02, example 1.21].
TEST(DecisionDiagram, SolvesTheBridge) {
  DecisionDiagram d(5);
  const DiagramRef fails = bridge_fails(d);
  const double p = 0.9;
  const std::vector<double> q(5, 1 - p);
  EXPECT_NEAR(
      1 - probability_of(d, fails, q),
      2 * p * p + 2 * p * p * p - 5 * std::pow(p, 4) + 2 * std::pow(p, 5),
      1e-15);
}

TEST(DecisionDiagram, CountsKOfN) {
  DecisionDiagram d(60);
  std::vector<DiagramRef> x;
  std::vector<double> p;
  for (std::uint32_t i = 0; i < 60; ++i) {
    x.push_back(d.variable(i));
    p.push_back(0.5 + 0.005 * i);
  }
  EXPECT_NEAR(probability_of(d, d.at_least(40, x), p),
              k_of_n_availability(p, 40), 1e-13);
  EXPECT_EQ(d.at_least(0, x), kDiagramTrue);
  EXPECT_EQ(d.at_least(61, x), kDiagramFalse);
}

TEST(DecisionDiagram, SaysWhenItIsFull) {
  DecisionDiagram d(40, 100);
  std::vector<DiagramRef> x;
  for (std::uint32_t i = 0; i < 40; ++i) x.push_back(d.variable(i));
  d.at_least(20, x);
  EXPECT_TRUE(d.is_full());
}

TEST(CutSets, OfTheBridgeAreFour) {
  DecisionDiagram d(5);
  const CutSetAnswer cuts = minimal_cut_sets(d, bridge_fails(d));
  EXPECT_TRUE(cuts.whole);
  EXPECT_THAT(cuts.sets, ElementsAre(CutSet{0, 1}, CutSet{3, 4},
                                     CutSet{0, 2, 4}, CutSet{1, 2, 3}));
  const CutSetAnswer pairs =
      minimal_cut_sets(d, bridge_fails(d), {.most_order = 2});
  EXPECT_EQ(pairs.sets.size(), 2U);
}

TEST(CutSets, OfKOfNAreAllSubsets) {
  DecisionDiagram d(10);
  std::vector<DiagramRef> x;
  for (std::uint32_t i = 0; i < 10; ++i) x.push_back(d.variable(i));
  EXPECT_EQ(minimal_cut_sets(d, d.at_least(3, x)).sets.size(), 120U);
  const CutSetAnswer few =
      minimal_cut_sets(d, d.at_least(3, x), {.most_order = 3, .most_sets = 50});
  EXPECT_FALSE(few.whole);
}

// P of the bridge's failure with parts set by force, by all 32 states.
double by_enumeration(const std::vector<double>& q) {
  double sum = 0;
  for (std::uint32_t s = 0; s < 32; ++s) {
    const auto bad = [s](std::uint32_t i) { return ((s >> i) & 1U) != 0; };
    const bool up = (!bad(0) && !bad(3)) || (!bad(1) && !bad(4)) ||
                    (!bad(2) && ((!bad(0) && !bad(4)) || (!bad(1) && !bad(3))));
    double p = up ? 0 : 1;
    for (std::uint32_t i = 0; i < 5; ++i) p *= bad(i) ? q[i] : 1 - q[i];
    sum += p;
  }
  return sum;
}

TEST(Importance, IsWhatForcingAPartDoes) {
  DecisionDiagram d(5);
  const std::vector<double> q{0.01, 0.05, 0.2, 0.03, 0.08};
  const auto all = failure_importance(d, bridge_fails(d), q);
  const double p = by_enumeration(q);
  for (std::size_t i = 0; i < 5; ++i) {
    std::vector<double> failed = q, never = q;
    failed[i] = 1;
    never[i] = 0;
    const double p1 = by_enumeration(failed), p0 = by_enumeration(never);
    EXPECT_NEAR(all[i].birnbaum, p1 - p0, 1e-15);
    EXPECT_NEAR(all[i].fussell_vesely, (p - p0) / p, 1e-13);
    EXPECT_NEAR(all[i].achievement, p1 / p, 1e-12);
    EXPECT_NEAR(all[i].reduction, p / p0, 1e-12);
  }
}

TEST(Importance, OfWhatIsNotUsedIsNothing) {
  DecisionDiagram d(2);
  const auto all =
      failure_importance(d, d.variable(0), std::vector<double>{0.1, 0.2});
  EXPECT_EQ(all[1].birnbaum, 0);
  EXPECT_EQ(all[1].achievement, 1);
  EXPECT_EQ(all[1].reduction, 1);
}

}  // namespace
}  // namespace outagesim

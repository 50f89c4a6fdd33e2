// All objectives at once, window by window, and gates.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment/compare.h"
#include "sim/experiment/objectives.h"
#include "sim/experiment/slo.h"
#include "sim/experiment/statistics.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

std::string frame(const std::string& horizon) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
         "\"\noutage_ends_after = \"0 s\"\n";
}

std::string never(const std::string& product, const std::string& window) {
  return "[objective.of-" + product + "-in-" + window.substr(0, 1) +
         "]\nof = \"" + product + "\"\noutages = 0\nwindow = \"" + window +
         "\"\n";
}

std::vector<JudgedWindow> windows(const std::vector<bool>& met) {
  std::vector<JudgedWindow> judged;
  for (const bool one : met) judged.push_back({.met = one});
  return judged;
}

TEST(Objectives, TogetherAreMetWindowByWindow) {
  const Model model =
      model_of(frame("4 d") +
               "[service.a]\nkind = \"product\"\n[service.b]\nkind = "
               "\"product\"\n" +
               never("a", "1 d") + never("b", "1 d"));
  // Each misses one of four windows, not the same.
  EXPECT_EQ(met_together(model, {windows({true, false, true, true}),
                                 windows({true, true, false, true})}),
            0.5);
  EXPECT_EQ(met_together(model, {windows({true, false, true, true}),
                                 windows({true, false, true, true})}),
            0.75);
}

TEST(Objectives, TogetherOfOtherWindowsAreThoseOfTheMoment) {
  const Model model =
      model_of(frame("5 d") + "[service.a]\nkind = \"product\"\n" +
               never("a", "1 d") + never("a", "2 d"));
  // The windows of two days end after four: the fifth is not counted.
  EXPECT_EQ(met_together(model, {windows({true, true, false, true, true}),
                                 windows({false, true})}),
            0.25);
}

// Two products that fall once a day, for a second, independently.
Model two_that_fall() {
  std::string text = frame("10 d");
  for (const std::string name : {"a", "b"}) {
    text += "[service." + name + "]\nkind = \"product\"\n[fault.f" + name +
            "]\nrate = \"1 per day\"\nwhere = \"" + name +
            "\"\neffect = \"down\"\nends = \"1 s\"\n" + never(name, "1 d");
  }
  return model_of(text);
}

// Both are spared in a day with e⁻¹ each.
TEST(Objectives, TogetherAreMetAsOftenAsTheLawsSay) {
  const Model model = two_that_fall();
  const SloTally tally = run_slo(model, {1000, 1, 2}).tally;
  const Estimate all = tally.all_met();
  const double error = (all.high - all.low) / 2 / 1.96;
  EXPECT_NEAR(all.value, std::exp(-2), 4 * error);
  EXPECT_LT(error, 0.005);
  EXPECT_NEAR(tally.verdicts()[0].met.value, std::exp(-1), 0.02);
  const Comparison comparison =
      run_comparison({{"(baseline)", &model}}, {1000, 1, 2}).comparison;
  for (std::size_t i = 0; i < comparison.metrics().size(); ++i) {
    if (comparison.metrics()[i].metric->name != "objectives_met") continue;
    EXPECT_NEAR(comparison.mean(i, 0), all.value, 1e-12);
    return;
  }
  FAIL() << "not compared";
}

TEST(Objectives, TogetherAlwaysMetAreNotCertain) {
  const Model model = model_of(
      frame("2 d") + "[service.a]\nkind = \"product\"\n" + never("a", "1 d"));
  Summary summary(model);
  Engine engine(model);
  for (std::uint64_t i = 0; i < 50; ++i) summary.add(engine.run(1, i));
  const Estimate met = estimate_of(summary, "objectives_met",
                                   {Scope::kSystem, 0}, "probability");
  EXPECT_EQ(met.value, 1);
  EXPECT_NEAR(met.low, 50 / (50 + 3.8415), 1e-4);  // Wilson at n of n
  EXPECT_EQ(met.high, 1);
}

// An objective that is met in 1 − e^−1.5 of the replications, as a gate.
ObjectiveVerdict gate(Probability needed, GateRule rule) {
  const Model model = model_of(
      frame("400 h") +
      "[service.shop]\nkind = \"product\"\n[fault.f]\nat = \"0 min\"\nwhere = "
      "\"shop\"\neffect = \"down\"\nends = \"exponential(mean 2 h)\"\n"
      "[objective.o]\nof = \"shop\"\nlongest = \"3 h\"\nwindow = \"400 h\"\n"
      "probability = \"" +
      std::to_string(100 * needed.value) + " %\"\n");
  return run_slo(model, {400, 1, 2}).tally.verdicts(rule)[0];
}

std::vector<bool> passed(double needed) {
  std::vector<bool> all;
  for (const GateRule rule :
       {GateRule::kLow, GateRule::kEstimate, GateRule::kHigh}) {
    all.push_back(gate({needed}, rule).passed.value());
  }
  return all;
}

TEST(Gate, IsHeldAgainstTheEndOfTheIntervalAskedFor) {
  const Estimate met = gate({0.5}, GateRule::kEstimate).met;
  ASSERT_LT(met.high - met.low, 0.1);
  EXPECT_EQ(passed(met.low - 0.01), (std::vector<bool>{true, true, true}));
  EXPECT_EQ(passed(met.value - 0.01), (std::vector<bool>{false, true, true}));
  EXPECT_EQ(passed(met.value + 0.01), (std::vector<bool>{false, false, true}));
  EXPECT_EQ(passed(met.high + 0.01), (std::vector<bool>{false, false, false}));
}

}  // namespace
}  // namespace outagesim

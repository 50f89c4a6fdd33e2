// Sensitivities of simulated models against closed forms.
#include "sim/experiment/sensitivity.h"

#include <gtest/gtest.h>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

// Downtime is detection + repair: means of 10 to 30 and 20 to 100 minutes.
std::unique_ptr<const Model> two_stages(const InputPoint& point) {
  const auto minutes = [&](std::size_t i, double low, double high) {
    const double mean =
        point[i] ? low + (high - low) * point[i]->value : (low + high) / 2;
    return "\"exponential(mean " + std::to_string(mean) + " min)\"\n";
  };
  return std::make_unique<const Model>(model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 h\"\n"
      "outage_ends_after = \"0 s\"\n[service.web]\nkind = \"product\"\nneeds = "
      "[\"db\"]\n[service.db]\n[fault.f]\nat = \"0 min\"\nwhere = \"db\"\n"
      "effect = \"down\"\n[response.f]\ndetect = " +
      minutes(0, 10, 30) + "[remedy.fix]\nfor = \"f\"\nfirst = " +
      minutes(1, 20, 100) + "does = \"repair\"\n"));
}

Sensitivity analysed(const SensitivityOptions& options) {
  const UncertainModel model{two_stages,
                             {{{0.0}, {1.0}}, {{0.0}, {1.0}}, {{0.0}, {1.0}}}};
  const Outcome outcome =
      outcome_named(*two_stages(InputPoint(3)), "web:downtime", "--metric");
  return analyse_sensitivity(model, outcome, options);
}

TEST(Sensitivity, OneAtATimeFindsWhatEachStageIsWorth) {
  const Sensitivity found = analysed({.replications = 4000, .most_inputs = 0});
  const auto near = [](const Estimate& e, double minutes) {
    const double error = (e.high - e.low) / 2 / 1.96;
    EXPECT_GT(error, 0);
    EXPECT_NEAR(e.value, minutes * 60, 4 * error);
  };
  near(found.base, 80);
  near(found.effects[0].low, 70);
  near(found.effects[0].swing, 20);
  near(found.effects[1].swing, 80);
  // Paired: the swing of one stage has the spread of that stage alone.
  EXPECT_LT(found.effects[0].swing.high - found.effects[0].swing.low, 100);
  EXPECT_TRUE(found.effects[2].does_nothing);
  EXPECT_FALSE(found.effects[0].does_nothing);
}

TEST(Sensitivity, SharesTheVarianceOfTheMeanNotOfChance) {
  const Sensitivity found = analysed(
      {.replications = 100, .most_inputs = 2, .rows = 512, .each = 16});
  ASSERT_EQ(found.varied.size(), 2);
  EXPECT_EQ(found.varied[0], 1);
  // Uniform means: variances 20² / 12 and 80² / 12, a seventeenth and the rest.
  const auto near = [](const Estimate& e, double truth) {
    const double error = (e.high - e.low) / 2 / 1.96;
    EXPECT_GT(error, 0);
    EXPECT_NEAR(e.value, truth, 4 * error);
  };
  near(found.effects[0].total, 1.0 / 17);
  near(found.effects[1].total, 16.0 / 17);
  near(found.effects[1].first, 16.0 / 17);
  near(found.sobol.variance, 3600 * (400 + 6400) / 12.0);
  // By chance: each stage's mean squared, on average over the inputs.
  const double chance =
      3600 * (20.0 * 20 + 400.0 / 12 + 60.0 * 60 + 6400.0 / 12);
  EXPECT_NEAR(found.chance_variance, chance, 0.1 * chance);
}

TEST(Sensitivity, IsTheSameWithAnyNumberOfThreads) {
  const auto run = [](unsigned threads) {
    return analysed({.replications = 50,
                     .threads = threads,
                     .most_inputs = 2,
                     .rows = 40,
                     .each = 4});
  };
  const Sensitivity one = run(1), many = run(8);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(one.effects[i].swing.value, many.effects[i].swing.value);
    EXPECT_EQ(one.effects[i].total.value, many.effects[i].total.value);
    EXPECT_EQ(one.effects[i].total.low, many.effects[i].total.low);
  }
}

}  // namespace
}  // namespace outagesim

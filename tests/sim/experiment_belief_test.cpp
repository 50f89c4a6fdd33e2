// Chance and ignorance of a simulated outage against closed forms.
#include "sim/experiment/belief.h"

#include <gtest/gtest.h>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

// Down for an exponential time of mean 60 min × factor.
Model shop(double factor) {
  return model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"200 "
      "h\"\noutage_ends_after = \"0 s\"\n[service.shop]\nkind = \"product\"\n"
      "[fault.f]\nat = \"0 min\"\nwhere = \"shop\"\neffect = \"down\"\nends = "
      "\"exponential(mean " +
      std::to_string(60 * factor) + " min)\"\n");
}

BelievedModel uniform_factor() {
  return {{"factor"}, [](const std::vector<Probability>& u) {
            return std::make_unique<const Model>(shop(0.5 + u[0].value));
          }};
}

const BelievedOutcome& downtime_of(const BeliefResult& result) {
  for (const BelievedOutcome& one : result.outcomes) {
    if (outcome_name(one.outcome) == "shop:downtime") return one;
  }
  ADD_FAILURE() << "downtime is told";
  return result.outcomes.front();
}

TEST(Belief, FollowsTheLawOfTotalVariance) {
  const Model as_written = shop(1);
  const BeliefResult result =
      run_belief(as_written, uniform_factor(), {.draws = 800, .each = 60});
  const BelievedOutcome& one = downtime_of(result);
  // Mean M uniform on 30 to 90 min: Var E = 3600 s² × 300; E Var = E M².
  const double ignorance = 3600.0 * 3600 / 12;
  const double chance = 3600.0 * 3600 * (1 + 1.0 / 12);
  EXPECT_NEAR(one.parts.ignorance, ignorance, 0.15 * ignorance);
  EXPECT_NEAR(one.parts.chance, chance, 0.05 * chance);
  const double share = ignorance / (ignorance + chance);
  const double error = (one.parts.share.high - one.parts.share.low) / 2 / 1.96;
  EXPECT_GT(error, 0);
  EXPECT_NEAR(one.parts.share.value, share, 4 * error);
  // As written, exponential of mean 1 h; of the mean, uniform.
  EXPECT_NEAR(one.chance.p95, -3600 * std::log(0.05), 300);
  EXPECT_NEAR(one.ignorance.p95, 3600 * 1.45, 180);
  EXPECT_NEAR(one.ignorance.p5, 3600 * 0.55, 180);
  EXPECT_GT(one.both.p95, one.chance.p95);
}

TEST(Belief, IsTheSameWithAnyNumberOfThreads) {
  const Model as_written = shop(1);
  const auto run = [&](unsigned threads) {
    return downtime_of(run_belief(as_written, uniform_factor(),
                                  {.draws = 40, .each = 4, .threads = threads}))
        .parts;
  };
  const VarianceParts one = run(1), many = run(8);
  EXPECT_EQ(one.chance, many.chance);
  EXPECT_EQ(one.ignorance, many.ignorance);
  EXPECT_EQ(one.share.low, many.share.low);
}

TEST(Belief, CountsDrawsAtWhichTheScenarioWouldBeWrong) {
  const Model as_written = shop(1);
  BelievedModel half = uniform_factor();
  half.at = [](const std::vector<Probability>& u) {
    return u[0].value < 0.5
               ? std::unique_ptr<const Model>()
               : std::make_unique<const Model>(shop(0.5 + u[0].value));
  };
  const BeliefResult result =
      run_belief(as_written, half, {.draws = 64, .each = 2});
  EXPECT_GT(result.impossible, 16);
  EXPECT_LT(result.impossible, 48);
}

}  // namespace
}  // namespace outagesim

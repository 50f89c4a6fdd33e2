// A budget spent on strategies of a model, and comparisons that stop early.
#include "sim/experiment/budget.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment/until_known.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

Model repaired_in(int minutes) {
  return model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"100 h\"\n"
      "outage_ends_after = \"0 s\"\n[service.shop]\nkind = \"product\"\n"
      "[fault.f]\nat = \"0 min\"\nwhere = \"shop\"\neffect = \"down\"\n"
      "[response.f]\ndiagnose = \"exponential(mean 60 min)\"\n[remedy.fix]\n"
      "for = \"f\"\nfirst = \"exponential(mean " +
      std::to_string(minutes) + " min)\"\ndoes = \"repair\"\n");
}

struct Four {
  Model models[4] = {repaired_in(60), repaired_in(50), repaired_in(20),
                     repaired_in(21)};
  std::vector<Candidate> candidates() const {
    return {{"(baseline)", &models[0]},
            {"a", &models[1]},
            {"b", &models[2]},
            {"c", &models[3]}};
  }
};

TEST(Budget, IsNotSpentWhereTheRankingIsPlain) {
  // On the same draws b takes 20 parts where c takes 21: no luck can turn that.
  const Four four;
  const BudgetResult result =
      run_budget(four.candidates(), {.budget = 2000, .threads = 2});
  EXPECT_EQ(result.allocation.best, 2U);
  EXPECT_EQ(result.metric->name, "downtime");
  EXPECT_EQ(result.allocation.sure, 1);
  EXPECT_LT(result.allocation.spent, 2000U);
}

TEST(Budget, DifferencesAreThoseOfThePrefix) {
  const Four four;
  const BudgetResult result =
      run_budget(four.candidates(), {.budget = 1600, .threads = 1});
  const BudgetEffect effect = result.effects()[1];
  // The same draws, scaled: every difference is a sixth of the repair.
  const double error = (effect.difference.high - effect.difference.low) / 2;
  EXPECT_NEAR(effect.difference.value, -10.0 * 60, 4 / 1.96 * error);
  EXPECT_EQ(effect.difference.n,
            std::min(result.outcomes[0].size(), result.outcomes[1].size()));
  EXPECT_EQ(result.effects()[2].behind.value, 0);
}

TEST(Budget, IsSpentTheSameWithAnyNumberOfThreads) {
  const Four four;
  const auto run = [&](unsigned threads) {
    return run_budget(four.candidates(), {.budget = 1000, .threads = threads})
        .outcomes;
  };
  const Outcomes one = run(1);
  EXPECT_EQ(run(2), one);
  EXPECT_EQ(run(8), one);
}

TEST(Comparison, StopsWhenTheDifferencesAreKnown) {
  const Model before = repaired_in(60), after = repaired_in(50);
  const std::vector<Candidate> two{{"(baseline)", &before}, {"a", &after}};
  const auto run = [&](unsigned threads) {
    return run_until_known(two, {100000, 1, threads}, {Fraction{0.01}, {}})
        .comparison;
  };
  const Comparison comparison = run(1);
  EXPECT_LT(comparison.replications(), 100000U);
  const std::size_t row = comparison.ranking_metric();
  const Estimate difference = comparison.differences(row)[1].difference;
  EXPECT_LE((difference.high - difference.low) / 2,
            0.01 * comparison.mean(row, 0));
  EXPECT_EQ(run(8).replications(), comparison.replications());
}

TEST(Comparison, StopsWhenTheBestIsKnown) {
  const Model before = repaired_in(60), after = repaired_in(50);
  const CompareResult result =
      run_until_known({{"(baseline)", &before}, {"a", &after}}, {100000, 1, 2},
                      {{}, Probability{0.99}});
  EXPECT_EQ(result.comparison.replications(), 1024U);
  EXPECT_FALSE(result.partial);
}

}  // namespace
}  // namespace outagesim

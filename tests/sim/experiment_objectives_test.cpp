// Objectives held against replications made by hand, and against closed forms.
#include "sim/experiment/objectives.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment/slo.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr double kDaySeconds = 86400;

// A product that is out for the given time after the first hour.
std::string shop(const std::string& horizon, const std::string& out_for) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
         "\"\noutage_ends_after = \"0 s\"\n[service.shop]\nkind = "
         "\"product\"\n[fault.f]\nat = \"1 h\"\nwhere = \"shop\"\neffect = "
         "\"down\"\nends = \"" +
         out_for + "\"\n";
}

std::string objective(const std::string& rest) {
  return "[objective.o]\nof = \"shop\"\n" + rest;
}

std::vector<JudgedWindow> judged(const std::string& toml) {
  const Model model = model_of(toml);
  Engine engine(model);
  return judge(model, engine.run(1, 0), model.objectives.at(0));
}

TEST(Objective, OfAvailabilityUsesItsErrorBudget) {
  const auto windows =
      judged(shop("90 d", "3 h") + objective("availability = \"99 %\"\n"));
  ASSERT_EQ(windows.size(), 3U);
  // 1 % of 30 days are 7.2 h.
  EXPECT_TRUE(windows[0].met);
  EXPECT_NEAR(*windows[0].used, 3 / 7.2, 1e-9);
  EXPECT_TRUE(windows[0].outlasts);
  EXPECT_EQ(windows[0].lasts.value, 30 * kDaySeconds);
  EXPECT_EQ(*windows[1].used, 0);
}

TEST(Objective, OfAvailabilityTellsWhenItsBudgetIsGone) {
  const auto windows =
      judged(shop("30 d", "10 h") + objective("availability = \"99 %\"\n"));
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_FALSE(windows[0].met);
  EXPECT_FALSE(windows[0].outlasts);
  EXPECT_NEAR(windows[0].lasts.value, (1 + 7.2) * 3600, 1e-6);
  EXPECT_NEAR(*windows[0].used, 10 / 7.2, 1e-9);
}

TEST(Objective, OfAnOutageOverTwoWindowsBurdensBoth) {
  const auto windows =
      judged(shop("4 d", "30 h") +
             objective("downtime = \"20 h\"\nwindow = \"1 d\"\n"));
  ASSERT_EQ(windows.size(), 4U);
  EXPECT_NEAR(*windows[0].used, 23.0 / 20, 1e-9);
  EXPECT_NEAR(*windows[1].used, 7.0 / 20, 1e-9);
  EXPECT_FALSE(windows[0].met);
  EXPECT_TRUE(windows[1].met);
}

TEST(Objective, WithAHorizonShorterThanItsWindowIsOneWindow) {
  const auto windows =
      judged(shop("2 d", "3 h") + objective("availability = \"99 %\"\n"));
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_TRUE(windows[0].met);
  EXPECT_NEAR(*windows[0].used, 3 / 7.2, 1e-9);
  EXPECT_EQ(windows[0].lasts.value, 30 * kDaySeconds);
}

TEST(Objective, CutOffWhileItCouldStillBeMissedIsUndecided) {
  for (const char* limit : {"availability = \"99 %\"\n", "mttr = \"6 h\"\n",
                            "longest = \"6 h\"\n"}) {
    const auto windows = judged(shop("5 h", "10 h") + objective(limit));
    ASSERT_EQ(windows.size(), 1U);
    EXPECT_FALSE(windows[0].met) << limit;
    EXPECT_TRUE(windows[0].undecided) << limit;
  }
}

TEST(Objective, MissedBeforeTheHorizonIsDecided) {
  for (const char* limit : {"downtime = \"3 h\"\n", "mttr = \"3 h\"\n",
                            "longest = \"3 h\"\n", "outages = 0\n"}) {
    const auto windows = judged(shop("5 h", "10 h") + objective(limit));
    EXPECT_FALSE(windows.at(0).met) << limit;
    EXPECT_FALSE(windows.at(0).undecided) << limit;
  }
}

TEST(Objective, OfOutagesHoldsWhatBeginsInTheWindow) {
  for (const char* limit :
       {"mttr = \"3 h\"\n", "longest = \"3 h\"\n", "outages = 1\n"}) {
    EXPECT_TRUE(judged(shop("30 d", "3 h") + objective(limit)).at(0).met);
  }
  for (const char* limit : {"mttr = \"2.9 h\"\n", "longest = \"2.9 h\"\n"}) {
    EXPECT_FALSE(judged(shop("30 d", "3 h") + objective(limit)).at(0).met);
  }
}

TEST(Objective, OfTheBlastRadiusIsAShareOfTheUsers) {
  const std::string people =
      "[population.all]\nuses = \"shop\"\nusers = 1000\nvisits = \"24 per "
      "day\"\nvisit_length = \"10 min\"\nrequests_per_visit = 1\n";
  // One in six is visiting when it falls; of the others, three hours without
  // service meet 1 - exp(-3) with a visit an hour: 95.85 % of all.
  const auto met = [&](const std::string& share) {
    return judged(shop("30 d", "3 h") + people +
                  objective("blast_radius = \"" + share + "\"\n"))
        .at(0)
        .met;
  };
  EXPECT_TRUE(met("95.9 %"));
  EXPECT_FALSE(met("95.8 %"));
}

// --- Over many replications ---

const std::string kRepaired =
    "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 h\"\n"
    "outage_ends_after = \"0 s\"\n[service.shop]\nkind = \"product\"\n"
    "[fault.f]\nat = \"0 min\"\nwhere = \"shop\"\neffect = \"down\"\nends = "
    "\"exponential(mean 2 h)\"\n";

TEST(Slo, ProbabilityIsThatOfTheLaw) {
  const Model model =
      model_of(kRepaired + objective("mttr = \"3 h\"\nwindow = \"400 h\"\n"));
  const auto verdicts = run_slo(model, {4000, 1, 2}).tally.verdicts();
  const Estimate met = verdicts.at(0).met;
  const double known = 1 - std::exp(-1.5);
  EXPECT_NEAR(met.value, known, 4 * std::sqrt(known * (1 - known) / 4000));
  EXPECT_LT(met.low, met.value);
  EXPECT_GT(met.high, met.value);
}

TEST(Slo, BudgetIsGoneInTheMedianWhenTheLawSaysSo) {
  // Half an hour of budget: gone after 30 min in exp(-1/4) of the windows.
  const Model model = model_of(
      kRepaired + objective("downtime = \"30 min\"\nwindow = \"400 h\"\n"));
  const ObjectiveVerdict verdict =
      run_slo(model, {2000, 1, 2}).tally.verdicts().at(0);
  EXPECT_NEAR(verdict.lasts_p50.value, 1800, 0.003 * 1800);
  EXPECT_FALSE(verdict.lasts_p95.defined());  // one in five outlasts it
  EXPECT_NEAR(verdict.used_mean.value, 4,
              verdict.used_mean.high - verdict.used_mean.low);
}

TEST(Slo, CertaintyHasAnInterval) {
  const Model model =
      model_of(kRepaired + objective("mttr = \"400 h\"\nwindow = \"400 h\"\n"));
  const Estimate met = run_slo(model, {100, 1, 1}).tally.verdicts()[0].met;
  EXPECT_EQ(met.value, 1);
  EXPECT_NEAR(met.low, 100 / (100 + 3.8415), 1e-3);  // Wilson at n of n
}

TEST(Slo, GateIsHeldAgainstTheEstimate) {
  const auto passed = [](const std::string& probability) {
    const Model model =
        model_of(kRepaired + objective("mttr = \"3 h\"\nprobability = \"" +
                                       probability + "\"\n"));
    return run_slo(model, {500, 1, 1}).tally.verdicts()[0].passed;
  };
  EXPECT_EQ(passed("60 %"), true);
  EXPECT_EQ(passed("95 %"), false);
}

TEST(Slo, WeakestLinkHasItsShareOfTheDowntime) {
  // Two sources that seldom meet: three hours and one hour, as often.
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"1 y\"\n"
      "outage_ends_after = \"0 s\"\n[service.shop]\nkind = \"product\"\nneeds "
      "= [\"db\", \"net\"]\n[service.db]\nfails = { time_to_failure = "
      "\"exponential(mean 5000 h)\", time_to_repair = \"exponential(mean 3 "
      "h)\" "
      "}\n[service.net]\nfails = { time_to_failure = \"exponential(mean 5000 "
      "h)\", time_to_repair = \"exponential(mean 1 h)\" }\n" +
      objective("availability = \"99 %\"\n"));
  const SloTally tally = run_slo(model, {1000, 1, 2}).tally;
  const auto links = tally.links(0);
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].cause, "fails of db");
  const double error = (links[0].share.high - links[0].share.low) / 2 / 1.96;
  EXPECT_NEAR(links[0].share.value, 0.75, 4 * error);
  EXPECT_NEAR(links[0].share.value + links[1].share.value, 1, 1e-12);
  EXPECT_EQ(tally.verdicts()[0].weakest.cause, "fails of db");
}

TEST(Slo, WeakestLinkOfFewOutagesIsNotCertain) {
  const Model model = model_of(kRepaired + objective("mttr = \"3 h\"\n"));
  const Estimate share = run_slo(model, {10, 1, 1}).tally.links(0)[0].share;
  EXPECT_EQ(share.value, 1);
  EXPECT_NEAR(share.low, 10 / (10 + 3.8415), 1e-3);  // Wilson at n of n
  EXPECT_EQ(share.high, 1);
}

TEST(Slo, UndecidedWindowsMayHaveBeenMet) {
  ObjectiveTally tally;
  JudgedWindow undecided;
  undecided.met = false;
  undecided.undecided = true;
  for (int i = 0; i < 100; ++i) {
    tally.add({i < 30 ? undecided : JudgedWindow{}});
  }
  const Estimate met = tally.probability();
  EXPECT_EQ(met.value, 0.7);
  EXPECT_LT(met.low, 0.7);
  EXPECT_EQ(met.high, 1);
}

TEST(Slo, IsTheSameWithAnyNumberOfThreads) {
  // 43 min of budget, so that it runs out in more than half of the windows.
  const Model model =
      model_of(kRepaired + objective("availability = \"99.9 %\"\n"));
  const auto one = run_slo(model, {333, 1, 1}).tally.verdicts()[0];
  ASSERT_TRUE(one.lasts_p50.defined());
  for (const unsigned threads : {2U, 8U}) {
    const auto many = run_slo(model, {333, 1, threads}).tally.verdicts()[0];
    EXPECT_EQ(one.met.value, many.met.value);
    EXPECT_EQ(one.used_mean.high, many.used_mean.high);
    EXPECT_EQ(one.lasts_p50.value, many.lasts_p50.value);
    EXPECT_EQ(one.weakest.share.low, many.weakest.share.low);
  }
}

}  // namespace
}  // namespace outagesim

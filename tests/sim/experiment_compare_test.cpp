// Strategies on the baseline's random numbers, against what must hold exactly
// and against closed forms.
#include "sim/experiment/compare.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "sim/experiment/paired_interval.h"
#include "sim/stats/moments.h"
#include "tests/sim/engine_fixture.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

const std::string kBase =
    "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 "
    "h\"\noutage_ends_after = \"0 s\"\nparallel_correlation = 0.0\n"
    "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n[service.db]\n"
    "[fault.f]\nat = \"0 min\"\nwhere = \"db\"\neffect = \"down\"\n"
    "[response.f]\n";
const std::string kFix =
    "[remedy.fix]\nfor = \"f\"\nfirst = \"exponential(mean 60 min)\"\ndoes = "
    "\"repair\"\n";

std::string diagnose(const std::string& minutes) {
  return "diagnose = \"exponential(mean " + minutes + " min)\"\n";
}

StrategyEffect mttr_of(const Model& baseline, const Model& strategy,
                       std::uint64_t n = 4000) {
  const CompareResult result = run_comparison(
      {{"(baseline)", &baseline}, {"strategy", &strategy}}, {n, 1, 2});
  const auto& metrics = result.comparison.metrics();
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].metric->name == "mttr" &&
        metrics[i].subject.scope == Scope::kProduct) {
      return result.comparison.differences(i)[1];
    }
  }
  ADD_FAILURE() << "mttr is not compared";
  return {};
}

// The system's, of the only strategy.
Estimate difference_of(const Comparison& comparison, std::string_view metric) {
  for (std::size_t i = 0; i < comparison.metrics().size(); ++i) {
    const ComparedMetric& row = comparison.metrics()[i];
    if (row.metric->name == metric && row.subject.scope == Scope::kSystem) {
      return comparison.differences(i)[1].difference;
    }
  }
  return {};
}

void expect_difference(const StrategyEffect& d, double minutes) {
  // The interval is 1.96 standard errors to either side; four are allowed.
  const double error = (d.difference.high - d.difference.low) / 2 / 1.96;
  EXPECT_GT(error, 0);
  EXPECT_NEAR(d.difference.value, minutes * 60, 4 * error);
}

TEST(Comparison, OfAStrategyThatChangesNothingIsExactlyZero) {
  const Model baseline = model_of(kBase + diagnose("30") + kFix);
  const Model same = model_of(kBase + diagnose("30") + kFix);
  const CompareResult result = run_comparison(
      {{"(baseline)", &baseline}, {"nothing", &same}}, {500, 1, 2});
  for (std::size_t i = 0; i < result.comparison.metrics().size(); ++i) {
    const StrategyEffect d = result.comparison.differences(i)[1];
    EXPECT_TRUE(d.difference.value == 0 || std::isnan(d.difference.value));
    // Some pairs might differ, for all that was seen; nobody knows by how much
    // where nothing happened at all.
    if (d.difference.value != 0 || std::isnan(d.difference.low)) continue;
    EXPECT_LT(d.difference.low, 0);
    EXPECT_EQ(d.difference.high, -d.difference.low);
  }
}

// One outage of an hour in each run: of 500 of which none differs, up to 3.84
// may, by an hour each.
TEST(Comparison, SaysHowMuchMayBeUnseenWhereNoPairDiffers) {
  const std::string shop =
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 h\"\n"
      "outage_ends_after = \"0 s\"\n[service.shop]\nkind = \"product\"\n"
      "[fault.f]\nat = \"1 h\"\nwhere = \"shop\"\nends = \"1 h\"\n";
  const Model baseline = model_of(shop), same = model_of(shop);
  const Comparison comparison =
      run_comparison({{"(baseline)", &baseline}, {"same", &same}}, {500, 1, 1})
          .comparison;
  const Estimate d = difference_of(comparison, "downtime");
  EXPECT_NEAR(d.high, 3.84146 / 500 * 3600, 1e-3);
  EXPECT_TRUE(std::isnan(difference_of(comparison, "cost_total").high));
}

// A promise that is broken in one run of 25, or with the strategy of 50: the
// true difference of the shares lies in the interval as often as it should,
// though a third of the comparisons see no pair that differs.
TEST(CompareStatistics, DifferencesOfRareMissesAreCovered) {
  const std::string shop =
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 h\"\n"
      "[service.shop]\nkind = \"product\"\n"
      "[objective.up]\nof = \"shop\"\noutages = 0\nwindow = \"400 h\"\n";
  const auto fault = [](const std::string& name) {
    return "[fault." + name +
           "]\nrate = \"0.0012 per day\"\nwhere = \"shop\"\nends = \"1 h\"\n";
  };
  const Model baseline = model_of(shop + fault("one") + fault("other"));
  const Model better = model_of(shop + fault("one"));
  const double met = std::exp(-0.0012 * 400 / 24), truth = met - met * met;
  int covered = 0, narrow = 0;
  double widths = 0;
  constexpr int kTrials = 1000;
  for (int seed = 1; seed <= kTrials; ++seed) {
    const CompareResult result =
        run_comparison({{"(baseline)", &baseline}, {"better", &better}},
                       {60, static_cast<std::uint64_t>(seed), 1});
    const Estimate d = difference_of(result.comparison, "objectives_met");
    covered += d.low <= truth && truth <= d.high;
    narrow += d.low == d.high;
    widths += d.high - d.low;
  }
  EXPECT_EQ(narrow, 0);
  EXPECT_GE(covered, 0.95 * kTrials - 4 * std::sqrt(0.95 * 0.05 * kTrials));
  // No wider than one run more in which they differ makes it.
  const double most = 2 * std::sqrt((truth + 1 / 60.0) / 60);
  EXPECT_LT(widths / kTrials, 2 * most * 1.05);
}

// Three hundred pairs of which so many are expected to differ, by an
// exponential hour each, among losses of that law in one run of three.
double coverage_of_rare_changes(double expected) {
  constexpr int kPairs = 300;
  const double truth = -expected / kPairs;
  return coverage_of(truth, [expected](Stream& stream) {
    Mean changes, losses;
    PairsSeen seen{.n = kPairs};
    for (int i = 0; i < kPairs; ++i) {
      const bool differs = stream.next() < expected / kPairs;
      const double size = exponential(stream);
      changes.add(differs ? -size : 0);
      seen.differing += differs ? 1 : 0;
      if (differs || stream.next() < 1 / 3.0) losses.add(size);
    }
    seen.size = std::sqrt(losses.squares.value() / double(losses.n));
    return with_unseen(changes.estimate(), changes.variance(), seen,
                       kConfidence);
  });
}

// Wider than need be where fewer than three pairs differ, by design: what was
// not seen might be. Plain Student's t would hold the truth in 49, 74 and 88 %.
TEST(CompareStatistics, DifferencesThatFewPairsMakeAreCovered) {
  for (const double expected : {1.0, 3.0, 10.0}) {
    EXPECT_GE(coverage_of_rare_changes(expected), 0.95 - coverage_error())
        << expected;
  }
  for (const double expected : {30.0, 100.0}) {
    EXPECT_NEAR(coverage_of_rare_changes(expected), 0.95, coverage_error())
        << expected;
  }
}

// A fault that strikes in one of 300 runs, for an exponential hour, is gone
// with the strategy: a third of the comparisons see no pair that differs.
TEST(CompareStatistics, DifferencesOfRareAmountsAreCovered) {
  constexpr int kRuns = 300;
  const std::string shop =
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"1000 h\"\n"
      "outage_ends_after = \"0 s\"\n[service.shop]\nkind = \"product\"\n"
      "fails = { time_to_failure = \"exponential(mean 2000 h)\", "
      "time_to_repair = \"exponential(mean 1 h)\" }\n";
  const double rate = -std::log1p(-1.0 / kRuns) / (1000 / 24.0);
  const Model baseline =
      model_of(shop + "[fault.one]\nrate = \"" + std::to_string(rate) +
               " per day\"\nwhere = \"shop\"\nends = \"exponential(mean 1 "
               "h)\"\n");
  const Model better = model_of(shop);
  const double truth = -3600 * rate * 1000 / 24;
  int covered = 0;
  for (int seed = 1; seed <= kExperiments; ++seed) {
    const CompareResult result =
        run_comparison({{"(baseline)", &baseline}, {"better", &better}},
                       {kRuns, static_cast<std::uint64_t>(seed), 1});
    const Estimate d = difference_of(result.comparison, "downtime");
    EXPECT_LT(d.low, d.high);
    covered += d.low <= truth && truth <= d.high;
  }
  EXPECT_GE(covered / double{kExperiments}, 0.95 - coverage_error());
}

TEST(Comparison, ShiftsNoDrawOfOtherParts) {
  const Model baseline = model_of(kBase + diagnose("30") + kFix);
  const Model more = model_of(
      "[service.extra]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 5 h)\", time_to_repair = \"exponential(mean 1 h)\" "
      "}\n[fault.g]\nrate = \"1 per day\"\nwhere = \"extra\"\neffect = "
      "\"down\"\n[response.g]\n[remedy.other]\nfor = \"g\"\nfirst = "
      "\"exponential(mean 10 min)\"\ndoes = \"repair\"\n" +
      kBase + diagnose("30") + kFix);
  Engine plain(baseline), extended(more);
  for (std::uint64_t i = 0; i < 200; ++i) {
    const double length = plain.run(1, i).products[0].outage_time;
    EXPECT_EQ(extended.run(1, i).products[1].outage_time, length) << i;
  }
}

// One that comes too late to matter, whether people's times hang together or
// not.
TEST(Comparison, ARemedyShiftsNoDrawOfAnother) {
  const std::string late =
      "[remedy.late]\nfor = \"f\"\nfirst = \"uniform(398 h, 399 h)\"\ndoes = "
      "\"repair\"\n";
  for (const std::string correlation : {"0.0", "0.5"}) {
    std::string base = kBase;
    base.replace(base.find("= 0.0"), 5, "= " + correlation);
    const Model baseline = model_of(base + diagnose("30") + kFix);
    const Model more = model_of(base + diagnose("30") + late + kFix);
    Engine plain(baseline), extended(more);
    for (std::uint64_t i = 0; i < 200; ++i) {
      const double length = plain.run(1, i).products[0].outage_time;
      EXPECT_EQ(extended.run(1, i).products[0].outage_time, length) << i;
    }
  }
}

TEST(Comparison, FindsWhatRemovingAStageSaves) {
  const StrategyEffect d =
      mttr_of(model_of(kBase + diagnose("30") + kFix), model_of(kBase + kFix));
  expect_difference(d, -30);
  // The stages left are the same in every replication: 30² against
  // 60² + 30² + 60².
  EXPECT_NEAR(d.variance_ratio, 8100.0 / 900, 1);
}

TEST(Comparison, FindsWhatASecondRemedySaves) {
  const std::string second =
      "[remedy.other]\nfor = \"f\"\nfirst = \"exponential(mean 60 min)\"\ndoes "
      "= \"repair\"\n";
  // The minimum of two: 30 min instead of 60.
  expect_difference(
      mttr_of(model_of(kBase + kFix), model_of(kBase + kFix + second)), -30);
}

TEST(Comparison, GainsFromPairingWhereLittleChanges) {
  const StrategyEffect d = mttr_of(model_of(kBase + diagnose("30") + kFix),
                                   model_of(kBase + diagnose("24") + kFix));
  expect_difference(d, -6);
  EXPECT_GT(d.variance_ratio, 5);
}

TEST(Comparison, IsTheSameWithAnyNumberOfThreads) {
  const Model baseline = model_of(kBase + diagnose("30") + kFix);
  const Model strategy = model_of(kBase + kFix);
  const auto run = [&](unsigned threads) {
    return run_comparison({{"(baseline)", &baseline}, {"strategy", &strategy}},
                          {333, 1, threads})
        .comparison;
  };
  const Comparison one = run(1);
  for (const unsigned threads : {2U, 8U}) {
    const Comparison many = run(threads);
    for (std::size_t i = 0; i < one.metrics().size(); ++i) {
      const auto a = one.differences(i)[1], b = many.differences(i)[1];
      EXPECT_TRUE(a.difference.value == b.difference.value ||
                  std::isnan(a.difference.value));
      EXPECT_TRUE(a.difference.low == b.difference.low ||
                  std::isnan(a.difference.low));
    }
  }
}

TEST(Comparison, KnowsTheBestWhenItIsPlain) {
  const Model baseline = model_of(kBase + diagnose("30") + kFix);
  const Model strategy = model_of(kBase + kFix);
  const StrategyEffect d = mttr_of(baseline, strategy);
  EXPECT_GT(d.p_best, 0.999);
}

}  // namespace
}  // namespace outagesim

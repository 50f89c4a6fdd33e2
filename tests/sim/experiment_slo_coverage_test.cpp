// Intervals of `slo` where one long outage spends the budgets of many windows.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment/slo.h"
#include "tests/sim/engine_fixture.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

constexpr int kWindows = 60;  // of a day and a replication
constexpr double kDay = 86400, kHorizon = kWindows * kDay;
constexpr double kLength = 10 * kDay, kBudget = 3600;

Model daily() {
  return model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"60 d\"\n"
      "[service.shop]\nkind = \"product\"\n[objective.o]\nof = \"shop\"\n"
      "downtime = \"1 h\"\nwindow = \"1 d\"\n");
}

// Sixty replications, each with at most one outage, of ten days, that begins
// after an exponential time.
ObjectiveVerdict experiment(const Model& model, double mean, Stream& stream) {
  SloTally tally(model);
  for (int i = 0; i < 60; ++i) {
    Replication replication;
    const double onset = mean * exponential(stream);
    if (onset < kHorizon) {
      OutageRecord outage;
      outage.product = 0;
      outage.cause = kNone;
      outage.onset = onset;
      outage.end = std::min(onset + kLength, kHorizon);
      replication.outages.push_back(outage);
    }
    tally.add(replication);
  }
  return tally.verdicts().at(0);
}

double before(double t, double mean) {
  return t <= 0 ? 0 : -std::expm1(-t / mean);
}

// A window is missed if an hour of it or more is lost.
double chance_met(double mean) {
  double missed = 0;
  for (int i = 0; i < kWindows; ++i) {
    missed += before((i + 1) * kDay - kBudget, mean) -
              before(i * kDay + kBudget - kLength, mean);
  }
  return 1 - missed / kWindows;
}

// The downtime is the integral of the chance of being out.
double mean_used(double mean) {
  const auto integral = [mean](double t) { return t - mean * before(t, mean); };
  return (integral(kHorizon) - integral(kHorizon - kLength)) / kBudget /
         kWindows;
}

template <class Interval>
double coverage(double mean, double truth, Interval interval) {
  constexpr int kExperiments = 300;
  const Model model = daily();
  int covered = 0;
  for (std::uint64_t i = 0; i < kExperiments; ++i) {
    Stream stream{StreamKey{.seed = 96, .replication = i}};
    const Estimate e = interval(experiment(model, mean, stream));
    covered += e.low <= truth && truth <= e.high ? 1 : 0;
  }
  return covered / double{kExperiments};
}

// 0.95 less four standard errors.
constexpr double kLeast = 0.90;

TEST(SloCoverageStatistics, OfTheMeanBudgetUsed) {
  const double mean = 40 * kDay;
  const double share =
      coverage(mean, mean_used(mean),
               [](const ObjectiveVerdict& v) { return v.used_mean; });
  EXPECT_GE(share, kLeast);
}

TEST(SloCoverageStatistics, OfWindowsThatAreSeldomMissed) {
  for (const double outages : {1.5, 3.0, 6.0}) {
    const double mean = -kHorizon / std::log1p(-outages / 60);
    const double share =
        coverage(mean, chance_met(mean),
                 [](const ObjectiveVerdict& v) { return v.met; });
    EXPECT_GE(share, kLeast) << outages;
  }
}

TEST(SloCoverageStatistics, OfWindowsThatAreOftenMissed) {
  const double mean = 40 * kDay;
  const double share = coverage(
      mean, chance_met(mean), [](const ObjectiveVerdict& v) { return v.met; });
  EXPECT_GE(share, kLeast);
}

}  // namespace
}  // namespace outagesim

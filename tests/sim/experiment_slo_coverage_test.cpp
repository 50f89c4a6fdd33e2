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
  const Model model = daily();
  return coverage_of(truth, [&](Stream& stream) {
    return interval(experiment(model, mean, stream));
  });
}

// Outages of ten days among 60 replications: skewed, and no more than sixty.
TEST(SloCoverageStatistics, OfTheMeanBudgetUsed) {
  const double mean = 40 * kDay;
  const double share =
      coverage(mean, mean_used(mean),
               [](const ObjectiveVerdict& v) { return v.used_mean; });
  EXPECT_NEAR(share, 0.95, coverage_error());
}

// While few replications miss any window, all those of one may be as good as
// one: wider than need be by design (98.8, 97.9 and 97.1 % here).
TEST(SloCoverageStatistics, OfWindowsThatAreSeldomMissed) {
  for (const double outages : {1.5, 3.0, 6.0}) {
    const double mean = -kHorizon / std::log1p(-outages / 60);
    const double share =
        coverage(mean, chance_met(mean),
                 [](const ObjectiveVerdict& v) { return v.met; });
    EXPECT_GE(share, 0.95 - coverage_error()) << outages;
    EXPECT_LE(share, 0.995) << outages;
  }
}

TEST(SloCoverageStatistics, OfWindowsThatAreOftenMissed) {
  const double mean = 40 * kDay;
  const double share = coverage(
      mean, chance_met(mean), [](const ObjectiveVerdict& v) { return v.met; });
  EXPECT_NEAR(share, 0.95, coverage_error());
}

}  // namespace
}  // namespace outagesim

#include "sim/experiment/milestones.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using testing::outage;
using testing::quiet_replication;
using testing::small_model;

CompiledObservation recorded(Milestone milestone, double at) {
  CompiledObservation observed;
  observed.product = 0;
  observed.milestone = milestone;
  observed.at = Seconds{at};
  return observed;
}

// Recovery after 1, 2, … 100 s.
MilestoneTimes hundred(const CompiledObservation& observed) {
  const Model model = small_model();
  MilestoneTimes times;
  for (int i = 1; i <= 100; ++i) {
    Replication replication = quiet_replication(model);
    replication.outages = {outage(0, 0, i)};
    times.add(observed, replication);
  }
  return times;
}

TEST(Milestones, TellWhereTheRecordedTimeFalls) {
  const auto observed = recorded(Milestone::kRecovered, 60);
  const Backtest test = backtest(observed, hundred(observed));
  EXPECT_EQ(test.median.value, 50);
  EXPECT_EQ(test.low_90, 5);
  EXPECT_EQ(test.high_90, 95);
  EXPECT_DOUBLE_EQ(test.percentile.value, 0.595);
  EXPECT_EQ(test.inside_50, true);
  EXPECT_EQ(test.inside_90, true);
}

TEST(Milestones, SayWhenRealityLiesOutside) {
  const auto observed = recorded(Milestone::kRecovered, 99);
  const Backtest test = backtest(observed, hundred(observed));
  EXPECT_EQ(test.inside_50, false);
  EXPECT_EQ(test.inside_90, false);
}

TEST(Milestones, DoNotTellOfARecordedTimeBeyondTheWatchedOnes) {
  const auto observed = recorded(Milestone::kRecovered, 3600 * 1000.0);
  MilestoneTimes simulated = hundred(observed);
  for (int i = 0; i < 100; ++i) simulated.times.add_censored(172'800);
  const Backtest test = backtest(observed, simulated);
  EXPECT_FALSE(test.inside_90.has_value());
  EXPECT_FALSE(test.percentile.defined());
  // 1 as far as the horizon in half of the forecast, from 1, 2 … 100 s on.
  EXPECT_NEAR(test.crps, 0.25 * 172'800, 60);
  EXPECT_TRUE(test.crps_at_least);
  const auto within = recorded(Milestone::kRecovered, 172'000);
  EXPECT_EQ(backtest(within, simulated).inside_90, true);
  const auto early = recorded(Milestone::kRecovered, 0.5);
  EXPECT_EQ(backtest(early, simulated).inside_90, false);
}

TEST(Milestones, AreThoseOfTheOutageThatLostMost) {
  const Model model = small_model();
  Replication replication = quiet_replication(model);
  replication.outages = {outage(0, 0, 10), outage(0, 5000, 6000),
                         outage(1, 0, 90'000)};
  const auto sample = milestone_of(recorded(Milestone::kOnset, 0), replication);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->value, 5000);
}

TEST(Milestones, CountReplicationsWithoutThem) {
  const Model model = small_model();
  const auto observed = recorded(Milestone::kRecovered, 1);
  MilestoneTimes times;
  times.add(observed, quiet_replication(model));
  EXPECT_EQ(times.absent, 1);
  EXPECT_EQ(times.times.n(), 0);
}

TEST(Milestones, AreCensoredWhileStillToCome) {
  const Model model = small_model();
  Replication replication = quiet_replication(model);
  replication.outages = {outage(0, 0, model.horizon.value)};
  OutageRecord& open = replication.outages[0];
  open.censored = open.full_censored = true;
  open.full = model.horizon.value;
  open.substantial = kNever;
  for (const Milestone milestone :
       {Milestone::kSubstantial, Milestone::kRecovered, Milestone::kFull}) {
    const auto sample = milestone_of(recorded(milestone, 0), replication);
    ASSERT_TRUE(sample.has_value());
    EXPECT_TRUE(sample->censored);
    EXPECT_EQ(sample->value, model.horizon.value);
  }
}

TEST(Milestones, DoNotApplyWhereTheOutageEndedWithoutThem) {
  const Model model = small_model();
  Replication replication = quiet_replication(model);
  replication.outages = {outage(0, 0, 100)};
  replication.outages[0].first_word = kNever;
  EXPECT_FALSE(milestone_of(recorded(Milestone::kFirstWord, 0), replication));
}

}  // namespace
}  // namespace outagesim

// Whether the places of recorded incidents are uniform where the scenarios are
// right, and not where they are wrong: times beyond the horizon included.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/experiment/milestones.h"
#include "sim/experiment/uniformity.h"
#include "tests/sim/experiments.h"
#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

constexpr int kIncidents = 24;
constexpr int kTimes = 99;

// How reality differs from what is simulated.
struct Reality {
  double longer = 1;  // times so much as simulated
  double spread = 1;  // of the logarithm
  // Seconds after which the simulation of every second incident ends.
  double horizon = 4000;
};

// A lognormal time of median one hour, or exactly ten minutes in one of five.
double recovery(const Reality& is, Stream& stream) {
  if (stream.next() < 0.2) return 600;
  return 3600 * is.longer * std::exp(is.spread * normal(stream));
}

// The place of one incident; a third of its times do not end before the
// horizon, if it is cut there.
double incident_place(bool cut, const Reality& is, Stream& stream) {
  const double horizon = cut ? is.horizon : 1e9;
  MilestoneTimes simulated;
  for (int i = 0; i < kTimes; ++i) {
    const double time = recovery({}, stream);
    if (time < horizon) {
      simulated.times.add_event(time);
    } else {
      simulated.times.add_censored(horizon);
    }
  }
  CompiledObservation observed;
  observed.at = Seconds{recovery(is, stream)};
  return place_of(observed, simulated, stream.next());
}

// Share of the experiments in which uniform places are refused at 5 %.
double refused(const Reality& is) {
  const auto distances = uniform_distances(kIncidents, 1);
  int refused = 0;
  for (std::uint64_t k = 0; k < kExperiments; ++k) {
    Stream stream({.seed = 98, .replication = k});
    std::vector<double> places;
    for (int i = 0; i < kIncidents; ++i) {
      places.push_back(incident_place(i % 2 == 0, is, stream));
    }
    refused += uniformity_of(places, distances).p_value.value <= 0.05 ? 1 : 0;
  }
  return refused / double{kExperiments};
}

TEST(BacktestStatistics, RefusesRightScenariosAsOftenAsItSays) {
  EXPECT_NEAR(refused({}), 0.05, coverage_error());
  // Two of three beyond it.
  EXPECT_NEAR(refused({.horizon = 1500}), 0.05, coverage_error());
}

TEST(BacktestStatistics, RefusesScenariosWhoseOutagesAreTooShort) {
  EXPECT_GT(refused({.longer = 5}), 0.9);
}

TEST(BacktestStatistics, RefusesScenariosThatAreTooSure) {
  EXPECT_GT(refused({.spread = 4}), 0.8);
}

CompiledObservation recorded(double at) {
  CompiledObservation observed;
  observed.at = Seconds{at};
  return observed;
}

// Three times, two of them alike, and one beyond the horizon: five gaps.
TEST(Places, AreDrawnFromTheGapIntoWhichTheRecordFalls) {
  MilestoneTimes simulated;
  for (const double time : {60.0, 120.0, 120.0})
    simulated.times.add_event(time);
  simulated.times.add_censored(600);
  const auto place = [&](double at, double draw) {
    return place_of(recorded(at), simulated, draw);
  };
  EXPECT_DOUBLE_EQ(place(30, 0), 0);
  EXPECT_DOUBLE_EQ(place(30, 1), 0.2);
  EXPECT_DOUBLE_EQ(place(90, 0.5), 0.3);
  EXPECT_DOUBLE_EQ(place(120, 0), 0.2);
  EXPECT_DOUBLE_EQ(place(120, 1), 0.8);
  EXPECT_DOUBLE_EQ(place(300, 0), 0.6);
  EXPECT_DOUBLE_EQ(place(300, 1), 0.8);
  EXPECT_DOUBLE_EQ(place(7200, 0), 0.6);
  EXPECT_DOUBLE_EQ(place(7200, 1), 1);
  EXPECT_TRUE(std::isnan(place_of(recorded(30), {}, 0.5)));
}

// The integrand is never negative: what is scored as far as the horizon is at
// most the whole.
TEST(Places, ScoreOfACutForecastIsALowerBound) {
  MilestoneTimes whole, cut;
  for (int i = 1; i <= 200; ++i) {
    const double time = 60.0 * i;
    whole.times.add_event(time);
    time < 6000 ? cut.times.add_event(time) : cut.times.add_censored(6000);
  }
  for (const double at : {600.0, 5000.0, 8000.0, 20'000.0}) {
    const Backtest full = backtest(recorded(at), whole);
    const Backtest part = backtest(recorded(at), cut);
    EXPECT_FALSE(full.crps_at_least);
    EXPECT_TRUE(part.crps_at_least);
    EXPECT_LE(part.crps, full.crps * 1.001) << at;
    EXPECT_GT(part.crps, 0) << at;
  }
}

}  // namespace
}  // namespace outagesim

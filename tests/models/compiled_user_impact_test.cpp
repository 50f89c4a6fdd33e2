#include "models/compiled/user_impact.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace outagesim {
namespace {

TEST(Clock, RunsAtTheFactorOfTheHour) {
  const Clock clock = make_clock({2, 0, 1});
  EXPECT_EQ(operational_time(clock, Seconds{1800}).value, 3600);
  EXPECT_EQ(operational_time(clock, Seconds{5400}).value, 7200);
  EXPECT_EQ(operational_time(clock, Seconds{9000}).value, 9000);
  EXPECT_EQ(factor_at(clock, Seconds{3600}), 0);
}

TEST(Clock, GoesOnBeyondItsHours) {
  const Clock clock = make_clock({2, 0, 1});
  EXPECT_EQ(operational_time(clock, Seconds{-100}).value, -200);
  EXPECT_EQ(operational_time(clock, Seconds{14400}).value, 7200 + 7200);
  EXPECT_EQ(real_time(clock, Seconds{14400}).value, 14400);
  EXPECT_EQ(real_time(clock, Seconds{-200}).value, -100);
}

TEST(Clock, RealTimeIsTheFirstThatReachesTheTarget) {
  const Clock clock = make_clock({2, 0, 1});
  EXPECT_EQ(real_time(clock, Seconds{3600}).value, 1800);
  EXPECT_EQ(real_time(clock, Seconds{7200}).value, 3600);
  EXPECT_EQ(real_time(clock, Seconds{7201}).value, 7201);
  EXPECT_EQ(real_time(make_clock({1, 0}), Seconds{3601}), kForever);
}

CompiledPopulation people() {
  CompiledPopulation population;
  population.users = {1000};
  population.visits = {1.0 / 3600};
  population.visit_length = {600};
  population.requests_per_visit = 2;
  population.reports = {0.01};
  return population;
}

TEST(UserImpact, AStretchByHand) {
  Harm harm;
  add_stretch({}, people(), {Seconds{0}, Seconds{1800}, 0.5, 0.8}, harm);
  // 1000 users × half an hour: 500 visits of 600 s and 2 requests.
  EXPECT_DOUBLE_EQ(harm.user_seconds_lost, 500 * 600 * 0.5);
  EXPECT_DOUBLE_EQ(harm.failed_requests, 500);
  EXPECT_NEAR(harm.degraded_requests, 1000 * 0.5 * 0.2, 1e-9);
  EXPECT_DOUBLE_EQ(harm.exposure, 0.5 * (1 - 0.25));
  EXPECT_DOUBLE_EQ(harm.peak_share, 600.0 / 3600 * 0.5);
  EXPECT_DOUBLE_EQ(users_affected(people(), harm).value,
                   1000 * (1 - std::exp(-0.375)));
}

TEST(UserImpact, FollowsTheProfileHourByHour) {
  Plan plan;
  plan.clocks.push_back(make_clock({0.5, 1.5}));
  CompiledPopulation population = people();
  population.clock = 0;
  EXPECT_EQ(profile_at(plan, population, Seconds{3600}), 1.5);
  EXPECT_EQ(
      profile_integral(plan, population, Seconds{1800}, Seconds{5400}).value,
      900 + 2700);
  Harm whole, parts;
  add_stretch(plan, population, {Seconds{0}, Seconds{7200}, 0, 1}, whole);
  add_stretch(plan, population, {Seconds{0}, Seconds{1000}, 0, 1}, parts);
  add_stretch(plan, population, {Seconds{1000}, Seconds{7200}, 0, 1}, parts);
  EXPECT_NEAR(whole.user_seconds_lost, parts.user_seconds_lost, 1e-6);
}

TEST(UserImpact, NothingIsLostWhileAllIsServed) {
  Harm harm;
  add_stretch({}, people(), {Seconds{0}, Seconds{1e6}, 1, 1}, harm);
  EXPECT_EQ(harm.user_seconds_lost, 0);
  EXPECT_EQ(harm.exposure, 0);
  EXPECT_EQ(users_affected(people(), harm).value, 0);
}

TEST(CrowdReports, EachPersonReportsOnce) {
  CrowdReports crowd;
  add_shock(people(), 5000, crowd);
  advance(people(), Seconds{600}, PerSecond{10}, crowd);
  advance(people(), Seconds{1e6}, PerSecond{0}, crowd);
  EXPECT_NEAR(crowd.reported, 0.01 * (5000 + 6000), 1e-6);
}

TEST(CrowdReports, ManyStepsEqualOne) {
  CrowdReports one, many;
  add_shock(people(), 5000, one);
  many = one;
  advance(people(), Seconds{7200}, PerSecond{3}, one);
  for (int i = 1; i <= 720; ++i) {
    advance(people(), Seconds{i * 10.0}, PerSecond{3}, many);
  }
  EXPECT_NEAR(one.reported, many.reported, 1e-9 * one.reported);
  EXPECT_NEAR(one.late, many.late, 1e-9);
  EXPECT_NEAR(one.peak_15min, many.peak_15min, 1e-9);
}

// The rate of reports in each 10 s of a total outage of 90 min, met by those
// who are on a visit of 10 min and by those who come, 3.6 times a day.
std::vector<double> rates_of_an_outage() {
  CompiledPopulation population = people();
  population.reports = {1};
  CrowdReports crowd;
  add_shock(population, 600, crowd);
  std::vector<double> rates;
  for (int i = 1; i <= 6 * 60 * 12; ++i) {
    const double before = crowd.reported, t = i * 10.0;
    const double rate = t > 5400 ? 0 : std::exp(-3.6 * (t - 5) / 86400);
    advance(population, Seconds{t}, PerSecond{rate}, crowd);
    rates.push_back((crowd.reported - before) / 10);
  }
  return rates;
}

TEST(CrowdReports, HasTheShapeItStates) {
  const auto rates = rates_of_an_outage();
  const auto peak = std::ranges::max_element(rates);
  const auto below = [&](double share) {
    return std::find_if(peak, rates.end(),
                        [&](double rate) { return rate < share * *peak; });
  };
  const auto rise = std::ranges::find_if(
      rates, [&](double rate) { return rate >= 0.1 * *peak; });
  double total = 0;
  for (const double rate : rates) {
    total += rate * 10;
  }
  EXPECT_NEAR(static_cast<double>(peak - rise) / 6, 83, 8);
  EXPECT_NEAR(static_cast<double>(below(0.5) - peak) / 6, 20, 2);
  EXPECT_NEAR(static_cast<double>(below(0.1) - peak) / 6, 101, 3);
  EXPECT_NEAR(total / (900 * *peak), 7.9, 0.2);
}

TEST(CrowdReports, TimeOfReportsIsWhenTheRateGetsThere) {
  for (const double shock : {0.0, 2000.0, 20000.0}) {
    for (const double wanted : {5.0, 20.0, 60.0, 88.0}) {
      CrowdReports crowd;
      add_shock(people(), shock, crowd);
      const Seconds at =
          time_of_reports(people(), PerSecond{10}, wanted, crowd);
      ASSERT_LT(at, kForever);
      if (at > Seconds{1}) {
        CrowdReports until = crowd;
        advance(people(), at - Seconds{1}, PerSecond{10}, until);
        EXPECT_LT(until.peak_15min, wanted);
      }
      advance(people(), at + Seconds{1}, PerSecond{10}, crowd);
      EXPECT_GE(crowd.peak_15min, wanted);
    }
  }
}

TEST(CrowdReports, NeverWhereTooFewFail) {
  const CrowdReports crowd;
  EXPECT_EQ(time_of_reports(people(), PerSecond{10}, 90.1, crowd), kForever);
  EXPECT_EQ(time_of_reports(people(), PerSecond{0}, 1, crowd), kForever);
}

TEST(CrowdReports, AnEarlierTimeOnlySetsTheClockBack) {
  CrowdReports crowd;
  advance(people(), Seconds{-240}, PerSecond{5}, crowd);
  EXPECT_EQ(crowd.last.value, -240);
  EXPECT_EQ(crowd.reported, 0);
}

}  // namespace
}  // namespace outagesim

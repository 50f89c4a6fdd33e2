// People who give up, turn elsewhere and leave, and credits, against closed
// forms.
#include <gtest/gtest.h>

#include <cmath>

#include "models/compiled/user_impact.h"

namespace outagesim {
namespace {

// A thousand people, 100 of whom are active at any time; patience 10 min.
CompiledPopulation impatient() {
  CompiledPopulation population;
  population.users = {1000};
  population.visits = {1e-4};
  population.visit_length = {1000};
  population.stakes.patience = Seconds{600};
  population.stakes.comes_back = Seconds{1200};
  return population;
}

Harm after(double minutes, double served) {
  Harm harm;
  add_stretch({}, impatient(), {Seconds{0}, Seconds{60 * minutes}, served, 1},
              harm);
  return harm;
}

TEST(Patience, RunsOutExponentiallyWhileNothingIsServed) {
  const Harm harm = after(30, 0);
  EXPECT_NEAR(harm.away, 1 - std::exp(-3), 1e-12);
  // Of 100 active: ∫ (1 − e^(−t / 600)) dt over 1,800 s.
  EXPECT_NEAR(harm.away_user_seconds, 100 * (1800 - 600 * (1 - std::exp(-3))),
              1e-8);
}

TEST(Patience, OfADistinctPersonRunsOutOnce) {
  // A tenth is active, and of these 1 − e^−3 give up once.
  const double each = 0.1 * (1 - std::exp(-3));
  EXPECT_NEAR(users_gave_up(impatient(), after(30, 0)).value,
              1000 * (1 - std::exp(-each)), 1e-9);
}

TEST(Patience, SettlesWhereAsManyComeBackAsGiveUp) {
  // Rates 0.5 / 600 and 0.5 / 1200: two thirds are away in the end.
  EXPECT_NEAR(after(60 * 24, 0.5).away, 2.0 / 3, 1e-9);
}

TEST(Patience, PeopleComeBackOnceAllIsServed) {
  Harm harm = after(30, 0);
  const double away = harm.away;
  add_stretch({}, impatient(), {Seconds{1800}, Seconds{3000}, 1, 1}, harm);
  EXPECT_NEAR(harm.away, away * std::exp(-1), 1e-12);
}

TEST(Patience, IsTheSameInManyStepsAsInOne) {
  Harm many;
  for (int i = 0; i < 30; ++i) {
    add_stretch({}, impatient(),
                {Seconds{60.0 * i}, Seconds{60.0 * (i + 1)}, 0.3, 1}, many);
  }
  const Harm one = after(30, 0.3);
  EXPECT_NEAR(many.away, one.away, 1e-12);
  EXPECT_NEAR(many.away_user_seconds, one.away_user_seconds, 1e-7);
  EXPECT_NEAR(many.given_up, one.given_up, 1e-12);
}

TEST(Patience, OfThoseWithoutALimitNeverEnds) {
  Harm harm;
  CompiledPopulation patient = impatient();
  patient.stakes.patience.reset();
  add_stretch({}, patient, {Seconds{0}, Seconds{1e6}, 0, 1}, harm);
  EXPECT_EQ(harm.away_user_seconds, 0);
  EXPECT_EQ(users_gave_up(patient, harm).value, 0);
}

TEST(Visits, FailByRequestsAndByInterruption) {
  Harm harm;
  CompiledPopulation people = impatient();
  people.requests_per_visit = 2;
  strike_active({}, people, {0}, {0.5}, harm);
  EXPECT_NEAR(harm.failed_visits, 50, 1e-9);  // half of those active
  add_stretch({}, people, {Seconds{0}, Seconds{1000}, 0.5, 1}, harm);
  // 100 visits begin, three in four of which meet a failure.
  EXPECT_NEAR(harm.failed_visits, 125, 1e-9);
}

TEST(Credits, FollowTheTiersOfAComputeAgreement) {
  const std::vector<CreditTier> tiers{
      {{0.9999}, {0.1}}, {{0.99}, {0.3}}, {{0.95}, {1}}};
  EXPECT_EQ(credit_of(tiers, {0.9999}).value, 0);
  EXPECT_EQ(credit_of(tiers, {0.9998}).value, 0.1);
  EXPECT_EQ(credit_of(tiers, {0.98}).value, 0.3);
  EXPECT_EQ(credit_of(tiers, {0.5}).value, 1);
}

}  // namespace
}  // namespace outagesim

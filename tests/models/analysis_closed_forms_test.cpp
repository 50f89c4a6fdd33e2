// Formulas against values printed in books and against each other.
#include "models/analysis/closed_forms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/analysis/queue_forms.h"

namespace outagesim {
namespace {

TEST(ClosedForms, KOfNIsBinomialForLikeParts) {
  const std::vector<double> up(4, 0.9);
  EXPECT_NEAR(k_of_n_availability(up, 3),
              4 * std::pow(0.9, 3) * 0.1 + std::pow(0.9, 4), 1e-15);
  EXPECT_NEAR(k_of_n_availability(up, 4), series_availability(up), 1e-15);
  EXPECT_NEAR(k_of_n_availability(up, 1), parallel_availability(up), 1e-15);
}

TEST(ClosedForms, CrewForEachPartMakesThemIndependent) {
  const CrewedParts parts{5, 3, 0.01, 0.4, 5};
  const std::vector<double> up(5, 0.4 / 0.41);
  EXPECT_NEAR(crewed_availability(parts), k_of_n_availability(up, 3), 1e-14);
}

// Two units in parallel, one crew: MTTF = (3 λ + μ) / (2 λ²)
// [Trivedi02, example 8.33].
TEST(ClosedForms, TwoInParallelFailAsTheBookSays) {
  const double lambda = 0.002, mu = 0.5;
  EXPECT_NEAR(crewed_time_to_failure({2, 1, lambda, mu, 1}) /
                  ((3 * lambda + mu) / (2 * lambda * lambda)),
              1, 1e-13);
}

TEST(ClosedForms, PerfectHotStandbyIsAParallelPair) {
  const StandbyPair hot{0.01, 0.01, 0.5, 1, 1e12, 1};
  EXPECT_NEAR(standby_availability(hot),
              crewed_availability({2, 1, 0.01, 0.5, 1}), 1e-12);
}

TEST(ClosedForms, CommonCauseOfEverythingLeavesNoRedundancy) {
  EXPECT_NEAR(beta_factor_unavailability(3, 1, 0.02, 1), 0.02, 1e-15);
  EXPECT_NEAR(beta_factor_unavailability(3, 1, 0.02, 0), 8e-6, 1e-15);
}

TEST(ClosedForms, TwoStateComponentStartsUpAndSettles) {
  EXPECT_DOUBLE_EQ(two_state_up_at(0.1, 0.5, 0), 1);
  EXPECT_NEAR(two_state_up_at(0.1, 0.5, 1e3), renewal_availability(10, 2),
              1e-15);
  // The mean is the integral.
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    sum += two_state_up_at(0.1, 0.5, (i + 0.5) * 5e-4) / 10000;
  }
  EXPECT_NEAR(two_state_mean_up(0.1, 0.5, 5), sum, 1e-9);
}

// Erlang B of 10 erlang on 10 lines is 0.2146, of 5 on 10 0.0184: as tables
// have it [Kleinrock75, section 3.6].
TEST(QueueForms, LossesAreThoseOfTheTables) {
  EXPECT_NEAR(erlang_b(10, 10), 0.2146, 5e-5);
  EXPECT_NEAR(erlang_b(5, 10), 0.0184, 5e-5);
  EXPECT_NEAR(mmck(5, 1, 10, 10).full, erlang_b(5, 10), 1e-14);
}

TEST(QueueForms, ALargeRoomIsErlangC) {
  const QueueAnswer room = mmck(3, 1, 4, 400);
  EXPECT_NEAR(room.waits, erlang_c(3, 4), 1e-12);
  EXPECT_NEAR(room.in_queue, erlang_c(3, 4) * 3, 1e-9);  // C ρ / (1 - ρ)
}

TEST(QueueForms, LittlesLawHoldsWithRefusals) {
  const QueueAnswer room = mmck(3, 1, 2, 6);
  EXPECT_NEAR(room.wait * 3 * (1 - room.full), room.in_queue, 1e-13);
  EXPECT_NEAR(room.busy, 3 * (1 - room.full), 1e-13);
}

TEST(QueueForms, ImpatienceLiesBetweenLossAndWaiting) {
  EXPECT_NEAR(erlang_a(8, 1, 10, 1e-9).waits, erlang_c(8, 10), 1e-6);
  EXPECT_NEAR(erlang_a(8, 1, 10, 1e9).gives_up, erlang_b(8, 10), 1e-6);
  // Patience as long as service: the number there is Poisson [Palm57].
  EXPECT_NEAR(erlang_a(8, 1, 10, 1).in_system, 8, 1e-9);
}

TEST(QueueForms, RepairmanWithACrewForEachIsBinomial) {
  const QueueAnswer each = machine_repairman(6, 6, 0.1, 0.9);
  EXPECT_NEAR(each.in_system, 0.6, 1e-13);
  EXPECT_NEAR(each.wait, 0, 1e-15);
}

}  // namespace
}  // namespace outagesim

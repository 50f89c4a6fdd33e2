// What one incident does to products, by the laws of its stages: known answers,
// a right engine that passes, a wrong law that is caught.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/base/error.h"
#include "models/scenario/load.h"
#include "sim/experiment/check.h"
#include "sim/experiment/lattice.h"
#include "sim/experiment/monte_carlo.h"
#include "sim/experiment/race_integral.h"
#include "tests/sim/engine_fixture.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(ShiftedLattice, IntegratesAProductOfSixNumbers) {
  ShiftedLattice lattice(1000, 6);
  double sum = 0, squares = 0;
  constexpr int kShifts = 16;
  for (std::uint32_t s = 0; s < kShifts; ++s) {
    lattice.shift(s);
    double mean = 0;
    for (std::uint32_t i = 0; i < lattice.points(); ++i) {
      double product = 1;
      for (const double u : lattice.point(i)) product *= 2 * u;
      mean += product / lattice.points();
    }
    sum += mean;
    squares += mean * mean;
  }
  const double mean = sum / kShifts;
  const double error =
      std::sqrt((squares / kShifts - mean * mean) / (kShifts - 1));
  EXPECT_NEAR(mean, 1, 4 * error);
  // Chance would leave sqrt((4/3)^6 - 1) / sqrt(16 × 1021) = 1.7 %.
  EXPECT_LT(error, 0.004);
}

// A hall is down until power returns, or two cells of a database are moved by
// hand; the first of both counts.
std::string raced(const std::string& moved) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"40 d\"\n"
         "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n"
         "[service.db]\ncells = { number = 2 }\nneeds.place = { kind = "
         "\"any\", of = [\"hall\", \"other\"], switch = \"by hand\" }\n"
         "[service.hall]\n[service.other]\n"
         "[fault.power]\nat = \"0 min\"\nwhere = \"hall\"\neffect = \"down\"\n"
         "ends = \"exponential(mean 4 h)\"\n"
         "[team.us]\nresponders = 2\n[response.power]\nteam = \"us\"\n"
         "[remedy.move]\nfor = \"power\"\nfirst = \"exponential(mean " +
         moved +
         ")\"\nrest = \"exponential(mean 2 h)\"\ndoes = { switch = \"place\" "
         "}\n[population.users]\nuses = \"web\"\nusers = 1000\nvisits = "
         "\"2 per day\"\nvisit_length = \"10 min\"\n";
}

const RaceNumber& number_of(const RaceNumbers& numbers, std::string_view metric,
                            RaceMeasure measure = RaceMeasure::kMean) {
  for (const RaceNumber& number : numbers.known) {
    if (number.metric->name == metric && number.measure == measure) {
      return number;
    }
  }
  throw InternalError("no number " + std::string(metric));
}

// Return at rate a, the first cell moved at rate b, the second after another
// rate c: with the first of the cells half is served, with both all. Rates 1/4,
// 1, 1/2 an hour.
TEST(RaceIntegral, AgreesWithTheClosedFormOfARaceOfExponentialTimes) {
  const Model model = model_of(raced("1 h"));
  const RaceNumbers numbers = race_numbers(model, 20'000);
  const double a = 0.25, b = 1, c = 0.5;
  const double hour = 3600;
  const double first = hour / (a + b);
  const double both = first + hour * b / (a + b) / (a + c);
  const RaceNumber& downtime = number_of(numbers, "downtime");
  EXPECT_NEAR(downtime.value, both, 4 * downtime.error);
  EXPECT_LT(downtime.error, 0.004 * both);
  const RaceNumber& share = number_of(numbers, "availability_time");
  EXPECT_NEAR(1 - share.value, (first + both) / 2 / (40 * 86400),
              4 * share.error);
  // Of the minutes that people would have used, by the mean share not served.
  const RaceNumber& minutes = number_of(numbers, "user_minutes_lost");
  EXPECT_NEAR(minutes.value, 1000 * 2 * 10 / 86400.0 * (first + both) / 2,
              4 * minutes.error);
}

Summary simulated(const Model& model, std::uint64_t replications) {
  MonteCarloOptions options;
  options.replications = replications;
  options.seed = 5;
  options.threads = 2;
  return run_monte_carlo(model, options).summary;
}

std::size_t raced_rows(const CheckReport& report) {
  return static_cast<std::size_t>(
      std::ranges::count(report.rows, "race of laws", &CheckRow::method));
}

// Power: where the first cell is moved 5 % later, half is served again 4 %
// later; the standard error of that is 0.5 % with 40,000 replications.
TEST(RaceCheck, ALawOffByFivePerCentIsCaught) {
  const Model right = model_of(raced("60 min"));
  const Summary seen = simulated(right, 40'000);
  const CheckReport agrees = lay_beside(right, seen);
  EXPECT_TRUE(agrees.agrees());
  EXPECT_GE(raced_rows(agrees), 8U);
  for (const CheckRow& row : agrees.rows) {
    EXPECT_LT(std::abs(row.z), 4) << row.metric->name << " " << row.measure;
  }
  const Model wrong = model_of(raced("63 min"));
  EXPECT_FALSE(lay_beside(wrong, seen).agrees());
}

TEST(RaceCheck, ARightEnginePassesOnTheDayThatASupplierLostPower) {
  const Model model = compile(load_scenario(
      (source_tree() / "scenarios/openai-2024-12-26-supplier-power.toml")
          .string(),
      {}));
  const CheckReport report = lay_beside(model, simulated(model, 2'000));
  EXPECT_TRUE(report.agrees());
  EXPECT_GE(raced_rows(report), 24U);
  for (const CheckRow& row : report.rows) {
    EXPECT_LT(std::abs(row.z), 4.2) << row.metric->name << " " << row.measure;
  }
}

// The cache is lost, what it hid is asked for too much: nothing that knows of
// failures alone may say that the catalogue is never out.
TEST(RaceCheck, NothingIsSolvedWhereRequestsQueue) {
  const Model model = compile(load_scenario(
      (source_tree() / "scenarios/cold-cache.toml").string(), {}));
  const CheckReport report = lay_beside(model, simulated(model, 20));
  EXPECT_TRUE(report.rows.empty());
  EXPECT_EQ(report.judged(), 0U);
  ASSERT_GE(report.unsolved.size(), 3U);
  for (const UnsolvedPart& part : report.unsolved) {
    EXPECT_THAT(part.why, Contains(HasSubstr("requests queue at database")));
  }
}

TEST(RaceCheck, SaysWhyAChangeUnderLoadIsNoRace) {
  const Model model = compile(load_scenario(
      (source_tree() / "scenarios/openai-2024-12-11-telemetry.toml").string(),
      {}));
  const RaceNumbers numbers = race_numbers(model, 100);
  EXPECT_TRUE(numbers.known.empty());
  EXPECT_THAT(numbers.why_not, Contains(HasSubstr("spreads in waves")));
}

}  // namespace
}  // namespace outagesim

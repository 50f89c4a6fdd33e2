// Stationary processes that count from start to start begin with the repairs
// that still go on: as a queue with infinitely many servers.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr double kHours = 3600;

std::string horizon(const std::string& h) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + h +
         "\"\noutage_ends_after = \"0 s\"\n";
}

double up_at(const Replication& r, double hours) {
  return served_at(r, 0, hours * kHours);
}

// Failures at rate 1 in 10 h, repairs of mean 5 h whatever their law: up with
// probability exp(-5/10) at every moment [Takacs62].
TEST(OngoingRepairs, AreThoseOfInfinitelyManyServers) {
  for (const std::string repair :
       {"lognormal(mean 5 h, sigma 1)", "5 h", "uniform(0 h, 10 h)"}) {
    const Model model = model_of(
        horizon("12 h") +
        "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
        "\"exponential(mean 10 h)\", time_to_repair = \"" +
        repair + "\", from = \"start\", stationary = true }\n");
    for (const double t : {0.0, 3.0, 11.0}) {
      expect_near(mean_over(model, 8000,
                            [t](const Replication& r) { return up_at(r, t); }),
                  std::exp(-0.5));
    }
  }
}

TEST(OngoingRepairs, CostTheirSeverityEach) {
  // n repairs at once leave 0.6^n: E 0.6^N = exp(-ρ (1 - 0.6)).
  const Model model = model_of(
      horizon("1 h") +
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 10 h)\", time_to_repair = \"exponential(mean 20 "
      "h)\", severity = \"40 %\", from = \"start\", stationary = true }\n");
  expect_near(
      mean_over(model, 8000, [](const Replication& r) { return up_at(r, 0); }),
      std::exp(-2 * 0.4));
}

Model with_common_cause(const std::string& shared) {
  return model_of(
      horizon("8 h") +
      "[service.both]\nkind = \"product\"\nneeds = [\"a\", \"b\"]\n"
      "[service.one]\nkind = \"product\"\nneeds = [\"a\"]\n"
      "[service.a]\n[service.b]\n[common_cause.storm]\ntime_between = "
      "\"exponential(mean 10 h)\"\ntime_to_repair = \"exponential(mean 4 "
      "h)\"\nmembers = { a = \"100 %\", b = \"50 %\" }\nstationary = "
      "true\nshared_repair = " +
      shared + "\n");
}

TEST(OngoingRepairs, OfACommonCauseAreShared) {
  const Model model = with_common_cause("true");
  for (const double t : {0.0, 6.0}) {
    expect_near(mean_over(model, 8000,
                          [t](const Replication& r) { return up_at(r, t); }),
                std::exp(-0.4));
  }
}

TEST(OngoingRepairs, OfACommonCauseMayBeOneForEach) {
  const Model model = with_common_cause("false");
  // While a strike hurts anybody: its longest repair. Of two exponential
  // ones that has mean 1.5 × 4 h.
  const double strikes = (0.5 * 4 + 0.5 * 6) / 10;
  for (const double t : {0.0, 6.0}) {
    expect_near(mean_over(model, 8000,
                          [t](const Replication& r) { return up_at(r, t); }),
                std::exp(-strikes));
    const auto one = [t](const Replication& r) {
      return served_at(r, 1, t * kHours);
    };
    expect_near(mean_over(model, 8000, one), std::exp(-0.4));
  }
}

}  // namespace
}  // namespace outagesim

// Components that fail and are repaired, against closed forms.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr double kHours = 3600;

std::string component(const std::string& name, const std::string& more = "") {
  return "[service." + name +
         "]\nfails = { time_to_failure = \"exponential(mean 10 h)\", "
         "time_to_repair = \"exponential(mean 2 h)\" }\n" +
         more;
}

std::string horizon(const std::string& h) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + h +
         "\"\noutage_ends_after = \"0 s\"\n";
}

// A(t) = a + (1 - a) exp(-(1/10 + 1/2) t), a = 10/12, t in hours.
// [Trivedi02, section 8.1.3]
double up_at(double t) { return 10.0 / 12 + 2.0 / 12 * std::exp(-0.6 * t); }
double mean_up(double t) {
  return 10.0 / 12 + 2.0 / 12 * (1 - std::exp(-0.6 * t)) / (0.6 * t);
}

double share_served(const Replication& r, double hours, std::size_t p = 0) {
  return r.products[p].served_time / (hours * kHours);
}

TEST(TwoStateComponent, IsUpAsItsTransientSays) {
  const Model model =
      model_of(horizon("20 h") +
               "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n" +
               component("db"));
  for (const double t : {0.5, 2.0, 8.0}) {
    const Mean up = mean_over(model, 20000, [t](const Replication& r) {
      return served_at(r, 0, t * kHours);
    });
    expect_near(up, up_at(t));
  }
}

TEST(TwoStateComponent, HasItsMeanAvailability) {
  const Model model =
      model_of(horizon("20 h") +
               "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n" +
               component("db"));
  const Mean served = mean_over(
      model, 20000, [](const Replication& r) { return share_served(r, 20); });
  expect_near(served, mean_up(20));
}

TEST(TwoStateComponent, StartsInEquilibriumWhenStationary) {
  const Model model = model_of(
      horizon("20 h") +
      "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n"
      "[service.db]\nfails = { time_to_failure = \"weibull(shape 0.7, mean 10 "
      "h)\", time_to_repair = \"lognormal(mean 2 h, sigma 1)\", stationary = "
      "true }\n");
  const Mean early = mean_over(model, 20000, [](const Replication& r) {
    return served_at(r, 0, 1.0 * kHours);
  });
  expect_near(early, 10.0 / 12);
  const Mean served = mean_over(
      model, 20000, [](const Replication& r) { return share_served(r, 20); });
  expect_near(served, 10.0 / 12);
}

TEST(Series, MultipliesAvailabilities) {
  const Model model = model_of(
      horizon("5 h") +
      "[service.web]\nkind = \"product\"\nneeds = [\"a\", \"b\", \"c\"]\n" +
      component("a") + component("b") + component("c"));
  const Mean up = mean_over(model, 20000, [](const Replication& r) {
    return served_at(r, 0, 4.0 * kHours);
  });
  expect_near(up, std::pow(up_at(4), 3));
}

TEST(Parallel, FailsOnlyWithAllAlternatives) {
  const Model model = model_of(
      horizon("5 h") +
      "[service.web]\nkind = \"product\"\nneeds.store = { kind = \"any\", of = "
      "[\"a\", \"b\"] }\n" +
      component("a") + component("b"));
  const Mean up = mean_over(model, 20000, [](const Replication& r) {
    return served_at(r, 0, 4.0 * kHours);
  });
  const double down = 1 - up_at(4);
  expect_near(up, 1 - down * down);
}

TEST(Quorum, NeedsTwoOfThree) {
  const Model model = model_of(
      horizon("5 h") +
      "[service.web]\nkind = \"product\"\nneeds.store = { kind = \"quorum\", "
      "of = [\"a\", \"b\", \"c\"], at_least = 2 }\n" +
      component("a") + component("b") + component("c"));
  const Mean up = mean_over(model, 20000, [](const Replication& r) {
    return served_at(r, 0, 4.0 * kHours);
  });
  const double p = up_at(4);
  expect_near(up, 3 * p * p * (1 - p) + p * p * p);
}

TEST(Severity, TakesItsShareOfHealth) {
  const Model model = model_of(
      horizon("20 h") +
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 10 h)\", time_to_repair = \"exponential(mean 2 h)\", "
      "severity = \"uniform(0 %, 60 %)\" }\n");
  const Mean served = mean_over(
      model, 20000, [](const Replication& r) { return share_served(r, 20); });
  expect_near(served, 1 - 0.3 * (1 - mean_up(20)));
}

// E N(t) of a renewal process with Weibull shape 2 by its renewal equation.
double renewals(double scale, double t) {
  constexpr int kGrid = 4000;
  const double dt = t / kGrid;
  const auto cdf = [scale](double x) {
    return 1 - std::exp(-(x / scale) * (x / scale));
  };
  // m(t) = F(t) + ∫ m(t - x) dF(x) [Cox62, eq. 4.1], midpoint rule.
  std::vector<double> m(kGrid + 1, 0.0);
  for (int i = 1; i <= kGrid; ++i) {
    double sum = cdf(i * dt);
    for (int j = 1; j <= i; ++j) {
      const double weight = cdf(j * dt) - cdf((j - 1) * dt);
      const double middle = 0.5 * (m[i - j] + m[i - j + 1]);
      sum += weight * (j == 1 ? m[i - 1] : middle);
    }
    m[i] = sum;
  }
  return m[kGrid];
}

TEST(Renewals, OfStartToStartWeibullFollowTheRenewalEquation) {
  const Model model = model_of(
      horizon("50 h") +
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"weibull(shape 2, scale 10 h)\", time_to_repair = \"1 s\", from = "
      "\"start\" }\n");
  const Mean count = mean_over(model, 20000, [](const Replication& r) {
    return static_cast<double>(r.products[0].outages);
  });
  expect_near(count, renewals(10, 50));
}

TEST(Renewals, FromRepairWaitForTheRepair) {
  // An alternating process of mean cycle 10 h + 30 h: long-run rate 1/40 h.
  // Up times are fixed, so over 400 h of equilibrium there are 10 in the mean.
  const Model model = model_of(
      horizon("400 h") +
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 10 h)\", time_to_repair = \"exponential(mean 30 h)\" "
      "}\n");
  const Mean count = mean_over(model, 20000, [](const Replication& r) {
    return static_cast<double>(r.products[0].outages);
  });
  // E N(t) = λμ/(λ+μ) t + λ²/(λ+μ)² (1 - exp(-(λ+μ) t)), up at the start.
  const double l = 0.1, u = 1.0 / 30, t = 400;
  expect_near(count, l * u / (l + u) * t + l * l / ((l + u) * (l + u)) *
                                               (1 - std::exp(-(l + u) * t)));
}

TEST(CommonCause, StrikesEachMemberWithItsProbability) {
  // Strikes at rate 1/10 h for 2 h (fixed): an M/D/∞ shock process. Both are
  // down at t > 2 h unless no strike of the last 2 h marked them:
  // P(a down) = 1 - exp(-0.5 × 2/10), P(both up) = exp(-(1 - 0.5 × 0.2) 2/10).
  const Model model = model_of(
      horizon("12 h") +
      "[service.a]\nkind = \"product\"\n[service.b]\nkind = \"product\"\n"
      "[common_cause.power]\ntime_between = \"exponential(mean 10 "
      "h)\"\ntime_to_repair = \"2 h\"\nmembers = { a = \"50 %\", b = \"80 %\" "
      "}\n");
  const Mean a = mean_over(model, 20000, [](const Replication& r) {
    return served_at(r, 0, 10 * kHours);
  });
  expect_near(a, std::exp(-0.5 * 0.2));
  const Mean both = mean_over(model, 20000, [](const Replication& r) {
    return served_at(r, 0, 10 * kHours) * served_at(r, 1, 10 * kHours);
  });
  expect_near(both, std::exp(-(1 - 0.5 * 0.2) * 0.2));
}

}  // namespace
}  // namespace outagesim

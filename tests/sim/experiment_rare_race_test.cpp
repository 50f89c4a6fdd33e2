// Rare outages where no chain goes by rates alone: laws that are kept, and what
// goes on at the beginning. Beside the chain's exact answer where there is one,
// an integral, or the engine.
#include <functional>

#include "tests/sim/rare_fixture.h"

namespace outagesim {
namespace {

// By importance sampling alone, where splitting would wait too long for a
// second failure.
void expect_biased_holds(const Model& model, double known) {
  RareOptions options;
  options.relative_error = 0.03;
  const RareEstimate estimate = rare_by_importance_sampling(model, 0, options);
  EXPECT_LE(estimate.relative_error, 0.03);
  expect_holds(estimate, known);
}

// Two parts, both new: the chance of the first failures to overlap, where
// second ones and the outage of more than one do not count.
double first_overlap(double horizon, const std::function<double(double)>& rate,
                     const std::function<double(double)>& still_down) {
  constexpr int kSteps = 2000;
  const double h = horizon / kSteps;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double t = (i + 0.5) * h;
    double under_way = 0;
    for (int k = 0; k < i; ++k) {
      const double u = (k + 0.5) * h;
      under_way += h * rate(u) * still_down(t - u);
    }
    under_way += h / 2 * rate(t) * still_down(h / 4);
    sum += h * 2 * rate(t) * under_way;
  }
  return sum;
}

TEST(RareRace, KeepsALognormalRepair) {
  const Model model = model_of(
      lasting("7 d") + like_parts(2, 1,
                                  laws("exponential(mean 1000000 h)",
                                       "lognormal(median 4 h, sigma 1)")));
  const double known = first_overlap(
      7 * 24, [](double) { return 1e-6; },
      [](double t) { return std::erfc(std::log(t / 4) / std::sqrt(2.0)) / 2; });
  EXPECT_LT(known, 3e-9);
  expect_biased_holds(model, known);
}

TEST(RareRace, KeepsAFailureThatWearsOut) {
  const Model model = model_of(
      lasting("7 d") + like_parts(2, 1,
                                  laws("weibull(shape 3, scale 50000 h)",
                                       "weibull(shape 2, scale 5 h)")));
  const double known = first_overlap(
      7 * 24, [](double t) { return 3 / 5e4 * std::pow(t / 5e4, 2); },
      [](double t) { return std::exp(-std::pow(t / 5, 2)); });
  EXPECT_LT(known, 1e-15);
  expect_biased_holds(model, known);
}

TEST(RareRace, IsTheChainOfSumsOfExponentials) {
  const Model model =
      model_of(lasting("1 d") + like_parts(4, 2,
                                           laws("exponential(mean 1000 h)",
                                                "gamma(shape 2, mean 2 h)")));
  const double known = exact_rare(model);
  EXPECT_LT(known, 1e-5);
  expect_both_hold(model, known);
}

TEST(RareRace, BeginsInEquilibrium) {
  const Model model =
      model_of(lasting("1 d") + like_parts(4, 2,
                                           laws("exponential(mean 1000 h)",
                                                "exponential(mean 1 h)") +
                                               ", stationary = true"));
  const double known = exact_rare(model);
  EXPECT_LT(known, 1e-6);
  expect_both_hold(model, known);
}

TEST(RareRace, BeginsInEquilibriumOfLawsThatAge) {
  expect_as_simulated(lasting("7 d") +
                      like_parts(3, 2,
                                 laws("weibull(shape 2, scale 300 h)",
                                      "lognormal(median 4 h, sigma 1)") +
                                     ", stationary = true"));
}

TEST(RareRace, TakesFixedTimesAndMeasuredOnes) {
  expect_as_simulated(lasting("7 d") +
                      like_parts(3, 2, laws("uniform(20 h, 400 h)", "3 h")));
  expect_as_simulated(
      lasting("7 d") +
      like_parts(3, 2,
                 laws("empirical(40 h, 90 h, 300 h)", "uniform(1 h, 3 h)")));
}

TEST(RareRace, CountsFailuresThatOverlap) {
  expect_as_simulated(lasting("7 d") + like_parts(2, 1,
                                                  laws("exponential(mean 60 h)",
                                                       "uniform(1 h, 9 h)") +
                                                      ", from = \"start\""));
}

TEST(RareRace, HeedsTheHoursOfAProfile) {
  expect_as_simulated(
      lasting("7 d") +
      like_parts(2, 1,
                 laws("weibull(shape 2, scale 60 h)", "exponential(mean 6 h)") +
                     ", profile = \"office\"") +
      "[profile.office]\nhours = [0,0,0,0,0,0,0,0,3,3,3,3,3,3,3,3,0,0,0,0,0,0,"
      "0,0]\n");
}

}  // namespace
}  // namespace outagesim

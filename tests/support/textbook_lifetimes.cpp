// Times until the first failure, and states at a time.
#include "models/analysis/closed_forms.h"
#include "models/analysis/transient.h"
#include "tests/support/textbook_methods.h"

namespace outagesim {
namespace {

double mean_to_last(const MarkovChain& chain) {
  Marked last(chain.states(), 0);
  last.back() = 1;
  return mean_time_to(chain, surely_in(chain, 0), last).mean;
}
double last_by(const MarkovChain& chain, double t) {
  Marked last(chain.states(), 0);
  last.back() = 1;
  return entered_by(chain, surely_in(chain, 0), last, {t})[0];
}

// Relative to the formula, for the numbers are large.
TextbookSystem lifetime(const std::string& name, const std::string& source,
                        const MarkovChain& chain, double formula) {
  return {name,
          source,
          {{"formula", 1}, {"mean time to", mean_to_last(chain) / formula}}};
}

TextbookSystem two_parallel() {
  const double l = 0.002, m = 0.5;
  TextbookSystem system = lifetime(
      "LifetimeOfTwoParallel", "(3 λ + μ) / 2 λ² [Trivedi02, example 8.33]",
      ladder({2 * l, l}, {m}), (3 * l + m) / (2 * l * l));
  system.answers.push_back(
      {"recursion",
       crewed_time_to_failure({2, 1, l, m, 1}) / ((3 * l + m) / (2 * l * l))});
  return system;
}

TextbookSystem three_of_five() {
  const CrewedParts parts{5, 3, 0.001, 0.25, 1};
  return lifetime("LifetimeOfThreeOfFive",
                  "recursion over failed parts [Trivedi02, section 8.5]",
                  ladder({5e-3, 4e-3, 3e-3}, {0.25, 0.25}),
                  crewed_time_to_failure(parts));
}

TextbookSystem without_repair() {
  return lifetime("LifetimeOfTwoOfFourUnrepaired",
                  "Σ 1 / (i λ) for i from k to n [Trivedi02, section 4.6]",
                  ladder({4 * 0.01, 3 * 0.01, 2 * 0.01}, {}),
                  100 * (1.0 / 4 + 1.0 / 3 + 1.0 / 2));
}

TextbookSystem imperfect_duplex() {
  const double l = 1e-3, m = 0.1, c = 0.9;
  const MarkovChain chain = make_chain(
      3, {{0, 1, 2 * l * c}, {0, 2, 2 * l * (1 - c)}, {1, 0, m}, {1, 2, l}});
  return lifetime("LifetimeOfDuplexImperfect",
                  "(λ (1 + 2 c) + μ) / 2 λ (λ + μ (1 - c)) [Trivedi02, "
                  "example 8.36]",
                  chain, (l * (1 + 2 * c) + m) / (2 * l * (l + m * (1 - c))));
}

// 3 exp(-2 λ t) - 2 exp(-3 λ t).
TextbookSystem tmr_reliability() {
  const double x = 0.4;
  return {"TripleRedundancyAtATime",
          "TMR without repair [Trivedi02, example 3.30]",
          {{"formula", 1 - (3 * std::exp(-2 * x) - 2 * std::exp(-3 * x))},
           {"uniformization", last_by(ladder({3, 2}, {}), x)}}};
}

TextbookSystem standby_reliability() {
  const double x = 1.7;
  return {"ThreeInColdStandby",
          "an Erlang law [Trivedi02, section 3.4]",
          {{"formula", 1 - std::exp(-x) * (1 + x + x * x / 2)},
           {"uniformization", last_by(ladder({1, 1, 1}, {}), x)}}};
}

std::string fresh(const std::string& name) {
  return "[service." + name +
         "]\nfails = { time_to_failure = \"exponential(mean 10 h)\", "
         "time_to_repair = \"exponential(mean 2 h)\" }\n";
}

TextbookSystem mean_over_time() {
  const MarkovChain chain = ladder({0.1}, {0.5});
  const double known = two_state_mean_up(0.1, 0.5, 12);
  TextbookSystem system{
      "OnePartFromNew",
      "interval availability [Trivedi02, section 8.1.3]",
      {{"formula", known}, {"occupancy", occupancy(chain, {1, 0}, 12)[0]}}};
  system.simulated = {
      "[service.web]\nkind = \"product\"\nneeds = [\"a\"]\n" + fresh("a"), 12,
      known, false};
  return system;
}

// Both must be down before the product is.
TextbookSystem first_outage_of_a_pair() {
  const MarkovChain chain = ladder({0.2, 0.1}, {0.5});
  // By the roots of s² + 0.8 s + 0.02 = 0.
  const double root = std::sqrt(0.64 - 0.08);
  const double s1 = (-0.8 + root) / 2, s2 = (-0.8 - root) / 2;
  const double t = 6;
  const double alive =
      (s1 * std::exp(s2 * t) - s2 * std::exp(s1 * t)) / (s1 - s2);
  TextbookSystem system{
      "FirstOutageOfAPair",
      "reliability of two parallel with repair [Trivedi02, example 8.33]",
      {{"formula", 1 - alive}, {"uniformization", last_by(chain, t)}}};
  system.simulated = {
      "[service.web]\nkind = \"product\"\nneeds.one = { kind = \"any\", of = "
      "[\"a\", \"b\"] }\n" +
          fresh("a") + fresh("b"),
      t, 1 - alive, true};
  return system;
}

TextbookSystem first_outage_of_a_series() {
  TextbookSystem system{"FirstOutageOfASeries",
                        "the rates of a series add up [Trivedi02, "
                        "section 3.3]",
                        {{"formula", -std::expm1(-0.3 * 3)},
                         {"uniformization", last_by(ladder({0.3}, {}), 3)}}};
  system.simulated = {
      "[service.web]\nkind = \"product\"\nneeds = [\"a\", \"b\", \"c\"]\n" +
          fresh("a") + fresh("b") + fresh("c"),
      3, -std::expm1(-0.9), true};
  return system;
}

}  // namespace

std::vector<TextbookSystem> lifetime_systems() {
  return {
      two_parallel(),     three_of_five(),          without_repair(),
      imperfect_duplex(), tmr_reliability(),        standby_reliability(),
      mean_over_time(),   first_outage_of_a_pair(), first_outage_of_a_series()};
}

}  // namespace outagesim

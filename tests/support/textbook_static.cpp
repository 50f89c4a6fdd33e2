// Independent parts, each with its own repair.
#include "models/analysis/closed_forms.h"
#include "tests/support/textbook_methods.h"

namespace outagesim {
namespace {

// A part of a scenario, in equilibrium, times in hours.
std::string part(const std::string& name, double up, double down) {
  return "[service." + name +
         "]\nfails = { time_to_failure = \"exponential(mean " +
         std::to_string(up) + " h)\", time_to_repair = \"exponential(mean " +
         std::to_string(down) + " h)\", stationary = true }\n";
}

std::string product(const std::string& needs) {
  return "[service.web]\nkind = \"product\"\n" + needs;
}

TextbookSystem with_formula(TextbookSystem system, double value) {
  system.answers.push_back({"formula", value});
  return system;
}

DiagramRef all_of(DecisionDiagram& d, const std::vector<DiagramRef>& parts) {
  return d.at_least(static_cast<std::uint32_t>(parts.size()), parts);
}

std::size_t count(const std::vector<bool>& up) {
  std::size_t n = 0;
  for (const bool u : up) n += u ? 1 : 0;
  return n;
}

TextbookSystem k_of_like(const std::string& name, const std::string& source,
                         std::uint32_t n, std::uint32_t k) {
  const std::vector<double> fail(n, 0.1), repair(n, 0.5);
  TextbookSystem system{
      name, source,
      independent(
          fail, repair, [k](const auto& up) { return count(up) >= k; },
          [k](auto& d, auto parts) { return d.at_least(k, parts); })};
  std::string scenario, of;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::string one = "part" + std::to_string(i);
    scenario += part(one, 10, 2);
    of += (i ? ", \"" : "\"") + one + "\"";
  }
  scenario += product("needs.parts = { kind = \"quorum\", of = [" + of +
                      "], at_least = " + std::to_string(k) + " }\n");
  const double known =
      k_of_n_availability(std::vector<double>(n, 10.0 / 12), k);
  system.simulated = {scenario, 24, known, false};
  return with_formula(system, known);
}

// 0 and 1 on the left, 2 across, 3 and 4 on the right.
bool bridge_works(const std::vector<bool>& up) {
  return (up[0] && up[3]) || (up[1] && up[4]) || (up[0] && up[2] && up[4]) ||
         (up[1] && up[2] && up[3]);
}
DiagramRef bridge_diagram(DecisionDiagram& d, std::vector<DiagramRef> x) {
  return d.either(
      d.either(d.both(x[0], x[3]), d.both(x[1], x[4])),
      d.both(x[2], d.either(d.both(x[0], x[4]), d.both(x[1], x[3]))));
}

std::string bridge_scenario(const std::vector<double>& up,
                            const std::vector<double>& down) {
  std::string text = product(
      "needs.path = { kind = \"any\", of = [\"p\", \"q\", \"r\", \"s\"] }\n");
  for (std::size_t i = 0; i < 5; ++i) {
    text += part("x" + std::to_string(i), up[i], down[i]);
  }
  return text +
         "[service.p]\nneeds = [\"x0\", \"x3\"]\n[service.q]\nneeds = "
         "[\"x1\", \"x4\"]\n[service.r]\nneeds = [\"x0\", \"x2\", "
         "\"x4\"]\n[service.s]\nneeds = [\"x1\", \"x2\", \"x3\"]\n";
}

TextbookSystem bridge(const std::string& name,
                      const std::vector<double>& mean_up,
                      const std::vector<double>& mean_down, double formula) {
  std::vector<double> fail, repair;
  for (std::size_t i = 0; i < 5; ++i) {
    fail.push_back(1 / mean_up[i]);
    repair.push_back(1 / mean_down[i]);
  }
  TextbookSystem system{
      name,
      "bridge network, by conditioning on the part across [Trivedi02, "
      "example 1.21]",
      independent(fail, repair, bridge_works, bridge_diagram)};
  system.simulated = {bridge_scenario(mean_up, mean_down), 24, formula, false};
  return with_formula(system, formula);
}

double bridge_by_conditioning(const std::vector<double>& p) {
  const auto pair = [](double a, double b) { return 1 - (1 - a) * (1 - b); };
  const double with = pair(p[0], p[1]) * pair(p[3], p[4]);
  const double without = pair(p[0] * p[3], p[1] * p[4]);
  return p[2] * with + (1 - p[2]) * without;
}

TextbookSystem series() {
  const std::vector<double> fail{1.0 / 10, 1.0 / 20, 1.0 / 40};
  const std::vector<double> repair{1.0 / 2, 1.0, 1.0 / 3};
  const std::vector<double> up{10.0 / 12, 20.0 / 21, 40.0 / 43};
  TextbookSystem system{
      "SeriesOfThree", "series of parts [Trivedi02, section 1.10]",
      independent(
          fail, repair, [](const auto& u) { return count(u) == 3; }, all_of)};
  system.simulated = {product("needs = [\"a\", \"b\", \"c\"]\n") +
                          part("a", 10, 2) + part("b", 20, 1) +
                          part("c", 40, 3),
                      24, series_availability(up), false};
  return with_formula(system, series_availability(up));
}

TextbookSystem parallel() {
  const std::vector<double> fail{1.0 / 10, 1.0 / 20, 1.0 / 40};
  const std::vector<double> repair{1.0 / 2, 1.0, 1.0 / 3};
  const std::vector<double> up{10.0 / 12, 20.0 / 21, 40.0 / 43};
  TextbookSystem system{
      "ParallelOfThree", "parallel parts [Trivedi02, section 1.10]",
      independent(
          fail, repair, [](const auto& u) { return count(u) >= 1; },
          [](auto& d, auto parts) { return d.at_least(1, parts); })};
  system.simulated = {
      product("needs.one = { kind = \"any\", of = [\"a\", \"b\", \"c\"] }\n") +
          part("a", 10, 2) + part("b", 20, 1) + part("c", 40, 3),
      24, parallel_availability(up), false};
  return with_formula(system, parallel_availability(up));
}

// Four unlike parts of which two are enough.
TextbookSystem unlike_k_of_n() {
  const std::vector<double> fail{0.1, 0.2, 0.05, 0.3}, repair{0.5, 1, 0.2, 2};
  std::vector<double> up;
  for (std::size_t i = 0; i < 4; ++i) {
    up.push_back(repair[i] / (fail[i] + repair[i]));
  }
  return with_formula(
      {"TwoOfFourUnlike", "unlike parts, one added at a time [Barlow84]",
       independent(
           fail, repair, [](const auto& u) { return count(u) >= 2; },
           [](auto& d, auto parts) { return d.at_least(2, parts); })},
      k_of_n_availability(up, 2));
}

// The system works unless two neighbours of five in a row have failed.
TextbookSystem consecutive() {
  const auto works = [](const std::vector<bool>& up) {
    for (std::size_t i = 0; i + 1 < up.size(); ++i) {
      if (!up[i] && !up[i + 1]) return false;
    }
    return true;
  };
  const auto diagram = [](DecisionDiagram& d, std::vector<DiagramRef> x) {
    DiagramRef all = kDiagramTrue;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      all = d.both(all, d.either(x[i], x[i + 1]));
    }
    return all;
  };
  const std::vector<double> fail(5, 0.1), repair(5, 0.5);
  const double p = 5.0 / 6, q = 1 - p;
  // Σ C(n - j + 1, j) q^j p^(n - j).
  const double formula = std::pow(p, 5) + 5 * q * std::pow(p, 4) +
                         6 * q * q * std::pow(p, 3) + q * q * q * p * p;
  return with_formula(
      {"TwoInARowOfFiveFail",
       "consecutive-2-out-of-5:F (D. T. Chiang, S.-C. Niu. Reliability of "
       "consecutive-k-out-of-n:F. IEEE Transactions on Reliability R-30, 1981)",
       independent(fail, repair, works, diagram)},
      formula);
}

// Two of three, where a tenth of each part's unavailability is one cause that
// takes all: an independent fourth event.
TextbookSystem common_cause() {
  const double q = 0.02, beta = 0.1;
  const std::vector<double> up{1 - (1 - beta) * q, 1 - (1 - beta) * q,
                               1 - (1 - beta) * q, 1 - beta * q};
  const auto works = [](const std::vector<bool>& u) {
    return u[3] && u[0] + u[1] + u[2] >= 2;
  };
  const auto diagram = [](DecisionDiagram& d, std::vector<DiagramRef> x) {
    const DiagramRef all = x.back();
    x.pop_back();
    return d.both(all, d.at_least(2, x));
  };
  return {"CommonCauseOfTwoOfThree",
          "beta-factor model [Fleming75]",
          {{"formula", 1 - beta_factor_unavailability(3, 2, q, beta)},
           {"all states", by_all_states(up, works)},
           {"diagram", by_diagram(up, diagram)}}};
}

// Strikes of a common cause, each repaired by itself: a server without a queue
// for each, M/G/∞, so that none is under way with exp(-rate × mean).
TextbookSystem common_cause_in_time() {
  const double none = std::exp(-1.0 / 10);
  TextbookSystem system{
      "CommonCauseOfAll",
      "M/G/infinity [Kleinrock75, section 3.4]",
      {{"formula", none},
       {"ladder of 60", long_run(ladder(std::vector<double>(60, 0.05),
                                        [] {
                                          std::vector<double> down;
                                          for (int i = 1; i <= 60; ++i) {
                                            down.push_back(0.5 * i);
                                          }
                                          return down;
                                        }()),
                                 [] {
                                   Marked m(61, 0);
                                   m[0] = 1;
                                   return m;
                                 }())[0]
                            .value}}};
  // From new: the mean over [0, 20 h] of exp(-0.1 (1 - exp(-t / 2))).
  double mean = 0;
  constexpr int kSteps = 20000;
  for (int i = 0; i < kSteps; ++i) {
    const double t = (i + 0.5) * 20 / kSteps;
    mean += std::exp(-0.1 * -std::expm1(-t / 2)) / kSteps;
  }
  system.simulated = {
      "[common_cause.storm]\ntime_between = \"exponential(mean 20 h)\"\n"
      "time_to_repair = \"exponential(mean 2 h)\"\n"
      "members = { a = \"100 %\", b = \"100 %\" }\n[service.a]\n[service.b]\n" +
          product("needs.one = { kind = \"any\", of = [\"a\", \"b\"] }\n"),
      20, mean, false};
  return system;
}

TextbookSystem single() {
  TextbookSystem system{"OnePart", "alternating renewal [Trivedi02, eq. 6.78]",
                        long_run(ladder({0.1}, {0.5}), {1, 0})};
  // Whatever the laws, in equilibrium.
  system.simulated = {
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"weibull(shape 0.7, mean 10 h)\", time_to_repair = \"lognormal(mean 2 "
      "h, sigma 1)\", stationary = true }\n",
      24, 10.0 / 12, false};
  return with_formula(system, renewal_availability(10, 2));
}

}  // namespace

std::vector<TextbookSystem> static_systems() {
  const std::vector<double> up(5, 10.0), down(5, 2.0);
  const double p = 10.0 / 12;
  return {single(),
          series(),
          parallel(),
          k_of_like("TwoOfThree",
                    "triple modular redundancy [Trivedi02, "
                    "example 1.19]",
                    3, 2),
          k_of_like("ThreeOfFive", "k of n [Barlow84]", 5, 3),
          unlike_k_of_n(),
          consecutive(),
          bridge("BridgeOfLikeParts", up, down,
                 2 * p * p + 2 * p * p * p - 5 * std::pow(p, 4) +
                     2 * std::pow(p, 5)),
          bridge("BridgeOfUnlikeParts", {10, 20, 30, 40, 50}, {2, 3, 4, 5, 6},
                 bridge_by_conditioning(
                     {10.0 / 12, 20.0 / 23, 30.0 / 34, 40.0 / 45, 50.0 / 56})),
          common_cause(),
          common_cause_in_time()};
}

}  // namespace outagesim

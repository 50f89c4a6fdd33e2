// What strikes several parts at once, and times that are not exponential.
#include "models/analysis/closed_forms.h"
#include "models/analysis/transient.h"
#include "tests/support/textbook_methods.h"

namespace outagesim {
namespace {

constexpr double kUp = 20, kDown = 2;  // h, of a part

std::string quorum_of(int n, int k) {
  std::string of, parts;
  for (int i = 0; i < n; ++i) {
    const std::string name = "part" + std::to_string(i);
    of += (i ? ", \"" : "\"") + name + "\"";
    parts += "[service." + name +
             "]\nfails = { time_to_failure = \"exponential(mean 20 h)\", "
             "time_to_repair = \"exponential(mean 2 h)\", stationary = true "
             "}\n";
  }
  return "[service.web]\nkind = \"product\"\nneeds.parts = { kind = "
         "\"quorum\", of = [" +
         of + "], at_least = " + std::to_string(k) + " }\n" + parts;
}

// Strikes at all, or at each member with its own chance.
std::string strikes(int n, const std::string& chance, bool shared) {
  std::string members;
  for (int i = 0; i < n; ++i) {
    members +=
        (i ? ", part" : "part") + std::to_string(i) + " = \"" + chance + "\"";
  }
  return "[common_cause.bus]\ntime_between = \"exponential(mean 50 h)\"\n"
         "time_to_repair = \"exponential(mean 3 h)\"\nstationary = true\n"
         "shared_repair = " +
         std::string(shared ? "true" : "false") + "\nmembers = { " + members +
         " }\n";
}

// All parts fall with the bus; without it they are independent. Strikes under
// way are Poisson.
TextbookSystem beta_factor(const std::string& name, int n, int k) {
  const double up = kUp / (kUp + kDown), none = std::exp(-3.0 / 50);
  const double own =
      k_of_n_availability(std::vector<double>(static_cast<std::size_t>(n), up),
                          static_cast<std::uint32_t>(k));
  std::vector<double> rise, fall;
  for (int i = 0; i < 30; ++i) {
    rise.push_back(1.0 / 50);
    fall.push_back((i + 1) / 3.0);
  }
  Marked calm(31, 0);
  calm[0] = 1;
  const double ladder_none = long_run(ladder(rise, fall), calm)[0].value;
  TextbookSystem system{
      name,
      "beta-factor model [Fleming75], repairs as M/G/infinity [Takacs62]",
      {{"formula", none * own}, {"ladder of strikes", ladder_none * own}}};
  system.simulated = {quorum_of(n, k) + strikes(n, "100 %", true), 48,
                      none * own, false};
  return system;
}

// Each strike takes each of two parts with probability p; one repair for both.
// Neither is hit by a strike under way: Poisson, thinned [Kingman93].
TextbookSystem binomial_failure_rate() {
  const double up = kUp / (kUp + kDown), p = 0.4, load = 3.0 / 50;
  const double none_both = std::exp(-load * p * p);
  const double none_one = std::exp(-load * p * (1 - p));
  const double one = up * none_one;
  const double known = none_both * (1 - (1 - one) * (1 - one));
  double sum = 0;  // over how many strikes under way hit which
  for (int both = 0; both < 2; ++both) {
    for (int first = 0; first < 2; ++first) {
      const bool up_first = both == 0 && first == 0;
      const double weight = (both ? 1 - none_both : none_both) *
                            (first ? 1 - none_one : none_one);
      const double second = both ? 0 : none_one * up;
      sum += weight * (up_first ? up + (1 - up) * second : second);
    }
  }
  TextbookSystem system{
      "BinomialFailureRateOfAPair",
      "binomial failure rate model (W. E. Vesely. Estimating common cause "
      "failure probabilities, 1977), by thinning [Kingman93]",
      {{"formula", known}, {"over strikes", sum}}};
  system.simulated = {quorum_of(2, 1) + strikes(2, "40 %", true), 48, known,
                      false};
  return system;
}

// The first outage of a pair that a shared failure ends at once, from new:
// three states, one of them the end.
TextbookSystem first_outage_with_common_cause() {
  const double l = 1.0 / 20, m = 1.0 / 2, c = 1.0 / 50, t = 24;
  const MarkovChain chain =
      make_chain(3, {{0, 1, 2 * l}, {1, 0, m}, {0, 2, c}, {1, 2, l + c}});
  // Alive: e^(-c t) times that of the pair alone.
  const double b = 3 * l + m, root = std::sqrt(b * b - 8 * l * l);
  const double s1 = (-b + root) / 2, s2 = (-b - root) / 2;
  const double pair =
      (s1 * std::exp(s2 * t) - s2 * std::exp(s1 * t)) / (s1 - s2);
  TextbookSystem system{
      "FirstOutageOfAPairWithCommonCause",
      "beta-factor model [Fleming75] beside two parallel [Trivedi02, example "
      "8.33]",
      {{"formula", 1 - std::exp(-c * t) * pair},
       {"uniformization", entered_by(chain, {1, 0, 0}, {0, 0, 1}, {t})[0]}}};
  std::string scenario = quorum_of(2, 1) + strikes(2, "100 %", true);
  for (std::size_t at = 0;
       (at = scenario.find("stationary = true", at)) != std::string::npos;) {
    scenario.replace(at, 17, "stationary = false");
  }
  system.simulated = {scenario, t, 1 - std::exp(-c * t) * pair, true};
  return system;
}

// Times between failures from start to start at random, each lasting just two
// hours: none goes on with exp(-2 / 20).
TextbookSystem fixed_repairs_that_overlap() {
  const double known = std::exp(-kDown / kUp);
  TextbookSystem system{
      "FixedRepairsThatOverlap",
      "M/G/infinity [Takacs62]",
      {{"formula", known}, {"Poisson", poisson_weights(0.1).weight[0]}}};
  system.simulated = {
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 20 h)\", time_to_repair = \"2 h\", from = "
      "\"start\", stationary = true }\n",
      48, known, false};
  return system;
}

// An Erlang repair of two stages is a chain of three states.
TextbookSystem erlang_repair_in_time() {
  const MarkovChain chain = make_chain(3, {{0, 1, 0.1}, {1, 2, 1}, {2, 0, 1}});
  // Up at t: 1 - 0.1 (1 - e^(at) (cos bt + c sin bt)) … by its own roots.
  const double trace = 2.1, product = 1.2;  // s² + 2.1 s + 1.2
  const double re = -trace / 2, im = std::sqrt(product - re * re);
  const double up = 1 / 1.2;
  // p0(0) = 1, p0'(0) = -0.1: p0 = up + e^(re t) (a cos + b sin).
  const double a = 1 - up, b = (-0.1 - re * a) / im;
  const double t = 5;
  const double formula =
      up + std::exp(re * t) * (a * std::cos(im * t) + b * std::sin(im * t));
  const double mean =
      up + ((std::exp(re * t) * ((a * re - b * im) * std::cos(im * t) +
                                 (b * re + a * im) * std::sin(im * t))) -
            (a * re - b * im)) /
               (product * t);
  TextbookSystem system{
      "ErlangRepairInTime",
      "method of stages [Kleinrock75, section 4.2]",
      {{"formula", formula},
       {"uniformization", transient(chain, {1, 0, 0}, t)[0]}}};
  system.simulated = {
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 10 h)\", time_to_repair = \"gamma(shape 2, scale 1 "
      "h)\" }\n",
      t, mean, false};
  return system;
}

}  // namespace

std::vector<TextbookSystem> shared_systems() {
  return {beta_factor("BetaFactorPair", 2, 1),
          beta_factor("BetaFactorTwoOfFour", 4, 2),
          binomial_failure_rate(),
          first_outage_with_common_cause(),
          fixed_repairs_that_overlap(),
          erlang_repair_in_time()};
}

}  // namespace outagesim

// Parts that share a repair crew, and stand-by.
#include <algorithm>

#include "models/analysis/closed_forms.h"
#include "models/analysis/queue_forms.h"
#include "models/analysis/transient.h"
#include "tests/support/textbook_methods.h"
#include "tests/support/workstation_cluster.h"

namespace outagesim {
namespace {

std::vector<MethodAnswer> with(std::vector<MethodAnswer> answers,
                               const std::string& method, double value) {
  answers.push_back({method, value});
  return answers;
}

// Failed parts counted; works in the first `up` states.
TextbookSystem crewed(const std::string& name, const std::string& source,
                      const CrewedParts& parts) {
  std::vector<double> fail, repair;
  for (std::uint32_t i = 0; i < parts.n; ++i) {
    fail.push_back((parts.n - i) * parts.failure_rate);
    repair.push_back(std::min(i + 1, parts.crews) * parts.repair_rate);
  }
  Marked works(parts.n + 1, 0);
  for (std::uint32_t i = 0; i + parts.k <= parts.n; ++i) works[i] = 1;
  return {name, source,
          with(long_run(ladder(fail, repair), works), "formula",
               crewed_availability(parts))};
}

TextbookSystem two_with_one_crew() {
  TextbookSystem system =
      crewed("TwoParallelOneCrew", "shared repair [Trivedi02, example 8.16]",
             {2, 1, 0.01, 0.5, 1});
  const double l = 0.01, m = 0.5;
  system.answers.push_back(
      {"as printed", 1 - 2 * l * l / (m * m + 2 * l * m + 2 * l * l)});
  return system;
}

// States: both work, switching, uncovered, one works, none works.
TextbookSystem standby(const std::string& name, const std::string& source,
                       const StandbyPair& pair) {
  const double covered = pair.failure_rate * pair.coverage;
  const MarkovChain chain =
      make_chain(5, {{0, 1, covered},
                     {0, 2, pair.failure_rate * (1 - pair.coverage)},
                     {0, 3, pair.standby_failure_rate},
                     {1, 3, pair.switch_rate},
                     {2, 3, pair.recovery_rate},
                     {3, 0, pair.repair_rate},
                     {3, 4, pair.failure_rate},
                     {4, 3, pair.repair_rate}});
  const bool has_uncovered = pair.coverage < 1;
  const MarkovChain small = make_chain(4, {{0, 1, covered},
                                           {0, 2, pair.standby_failure_rate},
                                           {1, 2, pair.switch_rate},
                                           {2, 0, pair.repair_rate},
                                           {2, 3, pair.failure_rate},
                                           {3, 2, pair.repair_rate}});
  return {name, source,
          with(has_uncovered ? long_run(chain, {1, 0, 0, 1, 0})
                             : long_run(small, {1, 0, 1, 0}),
               "formula", standby_availability(pair))};
}

// Two parts, one crew; the first is always served first. It does not notice the
// second at all; the second waits.
TextbookSystem priority_first() {
  const double l1 = 0.02, m1 = 0.4, l2 = 0.05, m2 = 0.8;
  const MarkovChain chain = make_chain(4, {{0, 1, l1},
                                           {0, 2, l2},
                                           {1, 0, m1},
                                           {1, 3, l2},
                                           {2, 0, m2},
                                           {2, 3, l1},
                                           {3, 2, m1}});
  return {"PriorityFirst", "pre-emptive priority repair: the first is alone",
          with(long_run(chain, {1, 0, 1, 0}), "formula", m1 / (l1 + m1))};
}

TextbookSystem priority_second() {
  const double l1 = 0.02, m1 = 0.4, l2 = 0.05, m2 = 0.8;
  const MarkovChain chain = make_chain(4, {{0, 1, l1},
                                           {0, 2, l2},
                                           {1, 0, m1},
                                           {1, 3, l2},
                                           {2, 0, m2},
                                           {2, 3, l1},
                                           {3, 2, m1}});
  // By hand from the balance of states, the first's marginal known.
  const double down1 = l1 / (l1 + m1);
  const double up1 = 1 - down1;
  // p1: only the first is down, p3: both; p0, p2 likewise with it up.
  // p1 (m1 + l2) = p0 l1, p0 + p2 = up1, p1 + p3 = down1, p2 (m2 + l1) = p0 l2
  // + p3 m1.
  const double a = l1 / (m1 + l2);  // p1 = a p0
  const double p0 = (up1 * (m2 + l1) - down1 * m1) / (m2 + l1 + l2 - a * m1);
  return {"PrioritySecond", "pre-emptive priority repair: the second waits",
          with(long_run(chain, {1, 1, 0, 0}), "by hand", p0 * (1 + a))};
}

TextbookSystem repairman(const std::string& name, std::uint32_t machines,
                         std::uint32_t crews) {
  std::vector<double> up, down;
  Marked some(machines + 1, 1);
  some[0] = 0;
  for (std::uint32_t i = 0; i < machines; ++i) {
    up.push_back((machines - i) * 0.05);
    down.push_back(std::min(i + 1, crews) * 0.4);
  }
  const QueueAnswer answer = machine_repairman(machines, crews, 0.05, 0.4);
  return {name, "machine repairman [Palm47]",
          with(long_run(ladder(up, down), some), "formula",
               1 - answer.probability[0])};
}

// Time in all until n machines settle: mean number down by Little's law from
// the throughput of the crews.
TextbookSystem repairman_by_little() {
  const QueueAnswer answer = machine_repairman(10, 2, 0.05, 0.4);
  const double throughput = answer.busy * 0.4;
  return {"RepairmanByLittlesLaw",
          "[Little61] for machines that wait or are repaired",
          {{"sum over states", answer.in_system},
           {"Little's law", throughput * (answer.wait + 1 / 0.4)}}};
}

TextbookSystem cluster(const std::string& name, std::int16_t size,
                       double printed) {
  const WorkstationCluster cluster(size);
  TextbookSystem system{
      name,
      "workstation cluster, premium service [Haverkort00]; exact "
      "fraction in [Hartmanns19]",
      {{"elimination", cluster.premium(StationaryMethod::kElimination)},
       {"Gauss-Seidel", cluster.premium(StationaryMethod::kGaussSeidel)},
       {"BiCGSTAB", cluster.premium(StationaryMethod::kBiCgStab)}}};
  system.printed = printed;
  return system;
}

// How often a series fails: the product of availabilities times the sum of the
// rates.
TextbookSystem series_frequency() {
  const std::vector<double> fail{0.1, 0.05}, repair{0.5, 1};
  const MarkovChain chain = parts_chain(fail, repair);
  const Marked down{0, 1, 1, 1};
  const double up = 0.5 / 0.6 * 1 / 1.05;
  return {
      "FrequencyOfASeries",
      "cycles of a series system (R. E. Barlow, F. Proschan. Statistical "
      "theory of reliability and life testing, 1975, section 7.3)",
      {{"formula", up * 0.15},
       {"entry rate", entry_rate(chain, stationary(chain).probability, down)}}};
}

}  // namespace

std::vector<TextbookSystem> repairable_systems() {
  return {two_with_one_crew(),
          crewed("TwoOfFourTwoCrews",
                 "k of n with two crews [Trivedi02, "
                 "section 8.2]",
                 {4, 2, 0.02, 0.3, 2}),
          crewed("RareKOfN", "k of n with one crew, rare", {6, 3, 1e-4, 1, 1}),
          standby("ColdStandby",
                  "cold stand-by with switch-over [Trivedi02, "
                  "section 8.4]",
                  {0.01, 0, 0.2, 1, 60, 1}),
          standby("WarmStandbyImperfect",
                  "warm stand-by, imperfect coverage [Trivedi02, section 8.4]",
                  {0.01, 0.004, 0.2, 0.95, 60, 2}),
          standby("HotStandbyImperfect",
                  "two servers, imperfect coverage [Trivedi02, example 8.21]",
                  {0.01, 0.01, 0.2, 0.9, 30, 1}),
          priority_first(),
          priority_second(),
          repairman("TenMachinesOneCrew", 10, 1),
          repairman("TenMachinesThreeCrews", 10, 3),
          repairman_by_little(),
          series_frequency(),
          cluster("WorkstationClusterOfTwo", 2, 0.9999615335623628),
          cluster("WorkstationClusterOfFour", 4, 0.9999212408513793)};
}

}  // namespace outagesim

// The check of faults that people end: chains of incidents, responders and
// remedies beside the simulation, and beside closed forms of queues.
#include <gmock/gmock.h>

#include <cmath>

#include "models/analysis/scenario_chain.h"
#include "models/base/error.h"
#include "sim/experiment/check.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

struct Checked {
  CheckReport report;

  const CheckRow& row(std::string_view metric,
                      std::string_view measure = "mean") const {
    for (const CheckRow& each : report.rows) {
      if (each.metric->name == metric && each.measure == measure &&
          each.method == "Markov chain") {
        return each;
      }
    }
    throw InternalError("no row " + std::string(metric));
  }
};

Checked checked(const std::string& exact, const std::string& simulated,
                std::uint64_t replications) {
  MonteCarloOptions options;
  options.replications = replications;
  options.seed = 11;
  options.threads = 2;
  const Model model = model_of(exact), other = model_of(simulated);
  FirstOutages first(other);
  MonteCarloWatch watch;
  watch.look = [&](const Replication& seen) { first.look(seen); };
  const MonteCarloResult result = run_monte_carlo(other, options, watch);
  return {lay_beside(model, result.summary, {}, &first)};
}

// All that the chain and the simulation both give, within four standard errors.
void expect_beside(const std::string& text, std::uint64_t replications) {
  const Checked both = checked(text, text, replications);
  for (const char* metric :
       {"availability_time", "outage_probability", "outages"}) {
    EXPECT_LT(std::abs(both.row(metric).z), 4) << metric;
    EXPECT_EQ(both.row(metric).verdict, CheckVerdict::kAgrees) << metric;
  }
  EXPECT_LT(std::abs(both.row("time_to_outage", kWithin).z), 4);
}

ChainAnswers solved(const std::string& text) {
  const Model model = model_of(text);
  const ProductChain chain = product_chain(model, 0);
  EXPECT_EQ(chain.why_not, std::vector<std::string>{});
  const ChainSolution solution = solve_chain(chain, model.horizon);
  EXPECT_TRUE(solution.solved);
  return solution.answers;
}

std::string frame(const std::string& horizon = "60 d") {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
         "\"\noutage_ends_after = \"0 s\"\n[service.web]\nkind = \"product\"\n";
}

// Strikes web, is noticed, and then repaired by a team.
std::string queue(const std::string& responders, const std::string& first,
                  const std::string& stages = "") {
  return frame() + "[fault.breaks]\nrate = \"0.5 per day\"\nwhere = \"web\"\n" +
         "[team.ops]\nresponders = " + responders +
         "\n[response.breaks]\nteam = \"ops\"\n" + stages +
         "[remedy.fix]\nfor = \"breaks\"\ndoes = \"repair\"\nfirst = \"" +
         first + "\"\n";
}

const std::string kStages =
    "detect = { monitor = \"exponential(mean 1 h)\", author = "
    "\"exponential(mean 3 h)\" }\nengage = \"exponential(mean 30 min)\"\n";

// Stages without a queue are M/G/infinity, the team M/M/c behind it: by
// Burke's theorem they are independent.
TEST(PeopleInAChain, AreQueuesInARow) {
  const double noticed = 0.75 + 0.5;  // h: the first of two signals, engaging
  const double load = 0.25;
  const double one = 1 - load;
  const double two = (1 - load / 2) / (1 + load / 2);
  const double early = std::exp(-noticed / 48);
  EXPECT_NEAR(solved(queue("1", "exponential(mean 12 h)", kStages)).long_run,
              one * early, 1e-8);
  EXPECT_NEAR(solved(queue("2", "exponential(mean 12 h)", kStages)).long_run,
              two * early, 1e-8);
  EXPECT_NEAR(
      solved(queue("1", "exponential(mean 12 h)", kStages)).time_to_outage,
      48 * 3600.0, 1e-3);
}

// The share of time in which M/G/1 is empty hangs on the mean alone.
TEST(PeopleInAChain, KeepABusyResponderBusyByTheMeanOfTheWorkAlone) {
  for (const char* work :
       {"exponential(mean 18 h)", "gamma(shape 2, scale 9 h)",
        "lognormal(mean 18 h, sigma 0.6)"}) {
    EXPECT_NEAR(solved(queue("1", work)).long_run, 1 - 18.0 / 48, 2e-6) << work;
  }
}

// With as many responders as may be needed: the number open is Poisson.
TEST(PeopleInAChain, WithoutATeamAreManyServers) {
  const std::string text =
      frame() +
      "[fault.breaks]\nrate = \"0.5 per day\"\nwhere = \"web\"\n"
      "[response.breaks]\ndetect = \"gamma(shape 3, scale 1 h)\"\ndiagnose = { "
      "time = \"exponential(mean 4 h)\", wrong = \"25 %\", wrong_costs = "
      "\"exponential(mean 8 h)\" }\n[remedy.fix]\nfor = \"breaks\"\ndoes = "
      "\"repair\"\nfirst = \"exponential(mean 3 h)\"\n";
  EXPECT_NEAR(solved(text).long_run, std::exp(-(3 + 4 + 2 + 3) / 48.0), 1e-8);
}

TEST(PeopleInAChain, AgreeWithTheSimulationAndAreCaughtFivePerCentOff) {
  const std::string right = queue("1", "exponential(mean 12 h)", kStages);
  expect_beside(right, 3000);
  const Checked wrong =
      checked(queue("1", "exponential(mean 12.6 h)", kStages), right, 6000);
  EXPECT_EQ(wrong.row("availability_time").verdict, CheckVerdict::kDiffers);
  EXPECT_GT(std::abs(wrong.row("availability_time").z), 6);
}

// Two faults, one of which may end by itself, keep the same two people busy
// with diagnosing and with repairing; one strikes what the product does not
// need.
const std::string kShared =
    frame("40 d") +
    "[service.jobs]\n"
    "[fault.breaks]\nrate = \"0.3 per day\"\nwhere = \"web\"\neffect = { "
    "health "
    "= \"40 %\" }\nends = \"exponential(mean 20 h)\"\n"
    "[fault.spoils]\nrate = \"0.3 per day\"\nwhere = \"jobs\"\n"
    "[team.ops]\nresponders = 2\n"
    "[response.breaks]\nteam = \"ops\"\ndetect = \"exponential(mean 1 "
    "h)\"\ndiagnose = { time = \"exponential(mean 3 h)\", wrong = \"30 %\", "
    "wrong_costs = \"exponential(mean 5 h)\" }\n"
    "[response.spoils]\nteam = \"ops\"\ndiagnose = \"exponential(mean 6 h)\"\n"
    "[remedy.fix]\nfor = \"breaks\"\ndoes = \"repair\"\nfirst = "
    "\"exponential(mean 8 h)\"\n"
    "[remedy.clean]\nfor = \"spoils\"\ndoes = \"repair\"\nfirst = "
    "\"exponential(mean 12 h)\"\n";

TEST(PeopleInAChain, AreSharedByFaultsThatTheProductDoesNotSee) {
  expect_beside(kShared, 4000);
}

// The one responder looks at all that waits before the first of them is
// repaired: more are open than if each were dealt with in one go.
TEST(PeopleInAChain, AreAskedAgainForTheRemedyBehindThoseThatWait) {
  expect_beside(
      frame("40 d") +
          "[fault.breaks]\nrate = \"0.4 per day\"\nwhere = \"web\"\neffect = "
          "{ health = \"60 %\" }\n[team.ops]\nresponders = 1\n"
          "[response.breaks]\nteam = \"ops\"\ndiagnose = \"exponential(mean "
          "10 h)\"\n[remedy.fix]\nfor = \"breaks\"\ndoes = "
          "\"repair\"\nfirst = \"exponential(mean 10 h)\"\n",
      6000);
}

// The remedy waits for access, which fails by itself, unless another door is
// opened meanwhile.
std::string locked(const std::string& glass) {
  return frame("30 d") +
         "[service.vpn]\nfails = { time_to_failure = \"exponential(mean 2 "
         "d)\", time_to_repair = \"exponential(mean 1 d)\" }\n"
         "[fault.breaks]\nrate = \"0.5 per day\"\nwhere = \"web\"\n"
         "[team.ops]\nresponders = 1\n[response.breaks]\nteam = "
         "\"ops\"\ndetect = \"exponential(mean 1 h)\"\n"
         "[remedy.fix]\nfor = \"breaks\"\ndoes = \"repair\"\nfirst = "
         "\"exponential(mean 6 h)\"\nneeds = [\"vpn\"]\n" +
         glass;
}

TEST(PeopleInAChain, WaitForWhatTheirRemedyNeeds) {
  expect_beside(locked(""), 4000);
  expect_beside(locked("break_glass = \"exponential(mean 5 h)\"\n"), 4000);
  EXPECT_LT(
      solved(locked("")).long_run,
      solved(locked("break_glass = \"exponential(mean 5 h)\"\n")).long_run -
          0.02);
}

// The repair that needs the part that is broken: what strikes first stays for
// ever, unless there is another door.
TEST(PeopleInAChain, AreLockedOutForGoodByWhatTheyShouldRepair) {
  const auto text = [](const std::string& glass) {
    return frame("30 d") +
           "[service.vpn]\nneeds.web = \"hard\"\n"
           "[fault.breaks]\nrate = \"0.1 per day\"\nwhere = \"web\"\n"
           "[response.breaks]\n[remedy.fix]\nfor = \"breaks\"\ndoes = "
           "\"repair\"\nfirst = \"exponential(mean 6 h)\"\nneeds = "
           "[\"vpn\"]\n" +
           glass;
  };
  const ChainAnswers never = solved(text(""));
  EXPECT_EQ(never.long_run, 0);
  EXPECT_NEAR(never.availability, (1 - std::exp(-3.0)) / 3, 1e-6);
  expect_beside(text(""), 2000);
  // First the door, then the work.
  const ChainAnswers late =
      solved(text("break_glass = \"exponential(mean 18 h)\"\n"));
  EXPECT_NEAR(late.long_run, std::exp(-1.0 / 10), 1e-8);
  expect_beside(text("break_glass = \"exponential(mean 18 h)\"\n"), 2000);
}

TEST(PeopleInAChain, FitPhasesToTimesThatAreNotExponential) {
  const std::string text =
      queue("1", "lognormal(median 10 h, sigma 0.7)",
            "detect = \"lognormal(median 30 min, sigma 1)\"\n");
  const Checked both = checked(text, text, 4000);
  EXPECT_TRUE(both.report.agrees());
  EXPECT_GT(both.row("availability_time").fit_error, 0);
  EXPECT_LT(std::abs(both.row("outages").z), 4);
}

std::vector<std::string> doubts_of(const std::string& text) {
  return product_chain_doubts(model_of(text), 0);
}

TEST(PeopleInAChain, SayWhatCannotBeSaidOfThem) {
  EXPECT_THAT(
      doubts_of(queue("1", "exponential(mean 12 h)") + "works = \"80 %\"\n"),
      Contains("fault breaks: remedy fix may not work"));
  EXPECT_THAT(doubts_of(queue("1", "exponential(mean 12 h)") +
                        "[remedy.again]\nfor = \"breaks\"\ndoes = "
                        "\"repair\"\nfirst = \"1 h\"\n"),
              Contains("fault breaks: several remedies race each other"));
  EXPECT_THAT(doubts_of(queue("1\nshift = \"8 h\"\nhand_over = \"10 min\"",
                              "exponential(mean 12 h)")),
              Contains("fault breaks: team ops hands over after a shift"));
  EXPECT_THAT(doubts_of(queue("1", "exponential(mean 12 h)",
                              "detect = { a = \"1 h\", b = \"2 h\" }\n")),
              Contains("fault breaks: several signals race, not all of them "
                       "exponential"));
}

}  // namespace
}  // namespace outagesim

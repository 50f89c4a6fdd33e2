// The check of chains with common causes, fitted phases and equilibrium starts:
// a right engine passes, a number off by five per cent does not.
#include <gtest/gtest.h>

#include "models/analysis/exact_products.h"
#include "models/analysis/scenario_chain.h"
#include "models/base/error.h"
#include "models/scenario/load.h"
#include "sim/experiment/check.h"
#include "tests/sim/engine_fixture.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

CheckReport checked(const std::string& exact, const std::string& simulated,
                    std::uint64_t replications) {
  MonteCarloOptions options;
  options.replications = replications;
  options.seed = 5;
  options.threads = 2;
  const Model model = model_of(exact);
  return lay_beside(model,
                    run_monte_carlo(model_of(simulated), options).summary);
}

const CheckRow& chain_row(const CheckReport& report, std::string_view metric) {
  for (const CheckRow& row : report.rows) {
    if (row.metric->name == metric && row.method == "Markov chain") return row;
  }
  throw InternalError("no row " + std::string(metric));
}

std::string frame(const std::string& horizon) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
         "\"\noutage_ends_after = \"0 s\"\n";
}

std::string with_common_cause(const std::string& between) {
  return frame("60 d") +
         "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"any\", of "
         "= [\"a\", \"b\"] }\n"
         "[service.a]\nfails = { time_to_failure = \"exponential(mean 8 d)\", "
         "time_to_repair = \"exponential(mean 4 h)\" }\n"
         "[service.b]\nfails = { time_to_failure = \"exponential(mean 8 d)\", "
         "time_to_repair = \"exponential(mean 4 h)\" }\n"
         "[common_cause.bus]\ntime_between = \"exponential(mean " +
         between +
         ")\"\ntime_to_repair = \"exponential(mean 2 h)\"\n"
         "members = { a = \"100 %\", b = \"100 %\" }\n";
}

TEST(CheckOfAChain, PassesWithACommonCauseAndCatchesItsRateOffByFivePerCent) {
  const std::string right = with_common_cause("2 d");
  const CheckReport agrees = checked(right, right, 6000);
  EXPECT_TRUE(agrees.agrees());
  EXPECT_EQ(chain_row(agrees, "availability_time").verdict,
            CheckVerdict::kAgrees);
  EXPECT_EQ(chain_row(agrees, "availability_time").fit_error, 0);
  const CheckReport wrong = checked(with_common_cause("50.4 h"), right, 6000);
  EXPECT_FALSE(wrong.agrees());
  EXPECT_EQ(chain_row(wrong, "outages").verdict, CheckVerdict::kDiffers);
  EXPECT_GT(chain_row(wrong, "outages").z, 6);
}

std::string with_lognormal(const std::string& median) {
  return frame("60 d") +
         "[service.web]\nkind = \"product\"\n"
         "fails = { time_to_failure = \"exponential(mean 2 d)\", "
         "time_to_repair = \"lognormal(median " +
         median + ", sigma 0.8)\" }\n";
}

TEST(CheckOfAChain, JudgesFittedPhasesAndCatchesARepairOffByFivePerCent) {
  const std::string right = with_lognormal("100 min");
  const CheckReport agrees = checked(right, right, 8000);
  EXPECT_TRUE(agrees.agrees());
  const CheckRow& row = chain_row(agrees, "availability_time");
  EXPECT_EQ(row.verdict, CheckVerdict::kAgrees);
  EXPECT_GT(row.fit_error, 1e-4);  // told
  EXPECT_LT(row.fit_error, 0.01);
  EXPECT_LT(row.fit_moves, 1e-5);
  const CheckReport wrong = checked(with_lognormal("105 min"), right, 8000);
  EXPECT_EQ(chain_row(wrong, "availability_time").verdict,
            CheckVerdict::kDiffers);
}

// Constants are poor phases: their ups and downs in step are lost.
TEST(CheckOfAChain, DoesNotJudgeByPhasesOfAConstant) {
  const std::string fixed =
      frame("3 h") +
      "[service.web]\nkind = \"product\"\nfails = { time_to_failure = \"1 "
      "h\", time_to_repair = \"30 min\" }\n";
  const CheckReport report = checked(fixed, fixed, 2000);
  EXPECT_TRUE(report.agrees());
  EXPECT_EQ(chain_row(report, "availability_time").verdict,
            CheckVerdict::kFitOnly);
  EXPECT_GT(chain_row(report, "availability_time").fit_error, 0.3);
}

// Half of all runs begin in the middle of something.
TEST(CheckOfAChain, BeginsInEquilibriumAsTheSimulationDoes) {
  const std::string begun =
      frame("10 h") +
      "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"quorum\", of "
      "= [\"a\", \"b\", \"c\"], at_least = 2 }\n"
      "[service.a]\nfails = { time_to_failure = \"weibull(shape 0.7, scale 1 "
      "d)\", time_to_repair = \"lognormal(median 3 h, sigma 1)\", stationary = "
      "true }\n[service.b]\nfails = { time_to_failure = \"exponential(mean 1 "
      "d)\", time_to_repair = \"gamma(shape 2, scale 2 h)\", stationary = true "
      "}\n[service.c]\nfails = { time_to_failure = \"exponential(mean 1 d)\", "
      "time_to_repair = \"exponential(mean 5 h)\", stationary = true, from = "
      "\"start\" }\n"
      "[common_cause.bus]\ntime_between = \"exponential(mean 3 d)\"\n"
      "time_to_repair = \"exponential(mean 4 h)\"\nstationary = true\n"
      "shared_repair = false\nmembers = { a = \"60 %\", c = \"90 %\" }\n";
  const CheckReport report = checked(begun, begun, 20'000);
  EXPECT_TRUE(report.agrees());
  // Where it begins as it goes on, the run measures that too.
  for (const char* metric : {"availability_time", "outage_probability",
                             "outages", "availability_steady"}) {
    EXPECT_EQ(chain_row(report, metric).verdict, CheckVerdict::kAgrees);
    EXPECT_LT(std::abs(chain_row(report, metric).z), 4) << metric;
  }
}

// Noticed after an exponential time, turned in a fixed one, sometimes in vain;
// errors at random times beside.
TEST(CheckOfAChain, SwitchesInTimesThatAreNotExponential) {
  const std::string text =
      frame("5 d") +
      "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"any\", of = "
      "[\"a\", \"b\"], switch = \"automatic\", detection = "
      "\"lognormal(median 5 min, sigma 1)\", switch_time = \"10 min\", "
      "coverage = \"90 %\" }\n"
      "[service.a]\nfails = { time_to_failure = \"exponential(mean 1 d)\", "
      "time_to_repair = \"exponential(mean 3 h)\" }\n"
      "[service.b]\nfails = { time_to_failure = \"exponential(mean 1 d)\", "
      "time_to_repair = \"exponential(mean 3 h)\" }\n"
      "[fault.rain]\nrate = \"0.5 per day\"\nwhere = \"a\"\n"
      "ends = \"exponential(mean 3 h)\"\neffect = { errors = \"60 %\" }\n";
  const CheckReport report = checked(text, text, 8000);
  EXPECT_TRUE(report.agrees());
  EXPECT_LT(std::abs(chain_row(report, "outages").z), 4);
}

// Two ways to the same number.
TEST(CheckOfAChain, AgreesWithTheDiagramOverSixtyFiveThousandStates) {
  const Model model = compile(load_scenario(
      (source_tree() / "scenarios/benchmark/chain65536.toml").string()));
  const ProductChain chain = product_chain(model, 0);
  ASSERT_EQ(chain.chain.states(), 65'536U);
  const ChainSolution solution = solve_chain(chain, model.horizon);
  ASSERT_TRUE(solution.solved);
  EXPECT_NEAR(solution.answers.availability,
              exact_products(model, {.most_order = 1}).products[0].availability,
              1e-9);
  EXPECT_LT(solution.answers.residual, 1e-12);
}

}  // namespace
}  // namespace outagesim

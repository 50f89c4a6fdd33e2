// Stand-by whose switch-over is imperfect, seldom up and often switched,
// against its Markov chain [Trivedi02, section 8.4]: each switch-over is a
// chance of its own, whether a failure or a repair calls for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/experiment/check.h"
#include "sim/experiment/monte_carlo.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

struct StandbyCase {
  std::string name;
  std::string need;    // of the product
  std::string others;  // parts beside a and b
};

class StandbyCheck : public testing::TestWithParam<StandbyCase> {};

std::string part(const std::string& name) {
  return "[service." + name +
         "]\nfails = { time_to_failure = \"exponential(mean 24 h)\", "
         "time_to_repair = \"exponential(mean 24 h)\" }\n";
}

TEST_P(StandbyCheck, SimulationAgreesWithTheChain) {
  const StandbyCase& one = GetParam();
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-01T00:00:00Z\nhorizon = \"40 d\"\n"
      "outage_ends_after = \"0 s\"\n[service.p]\nkind = \"product\"\n"
      "[service.p.needs.x]\nkind = \"any\"\n" +
      one.need + part("a") + part("b") + one.others);
  MonteCarloOptions options;
  options.replications = 8000;
  options.seed = 5;
  const CheckReport report =
      lay_beside(model, run_monte_carlo(model, options).summary);
  EXPECT_TRUE(report.agrees());
  int by_chain = 0;
  for (const CheckRow& row : report.rows) {
    if (row.method == "Markov chain") ++by_chain;
    EXPECT_LT(std::abs(row.z), 4) << row.metric->name << " " << row.exact;
  }
  EXPECT_GE(by_chain, 2);
}

std::string name_of(const testing::TestParamInfo<StandbyCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Systems, StandbyCheck,
    testing::Values(
        StandbyCase{
            "HalfCovered", "of = [\"a\", \"b\"]\ncoverage = \"50 %\"\n", {}},
        StandbyCase{"CoveredAndNoticedLate",
                    "of = [\"a\", \"b\"]\ncoverage = \"70 %\"\n"
                    "detection = \"exponential(mean 2 h)\"\n",
                    {}},
        StandbyCase{"SwitchedSlowly",
                    "of = [\"a\", \"b\"]\ncoverage = \"70 %\"\n"
                    "switch_time = \"exponential(mean 3 h)\"\n",
                    {}},
        StandbyCase{"OneOfThree",
                    "of = [\"a\", \"b\", \"c\"]\ncoverage = \"60 %\"\n",
                    part("c")},
        StandbyCase{"OneOfThreeAndACommonCause",
                    "of = [\"a\", \"b\", \"c\"]\ncoverage = \"60 %\"\n",
                    part("c") + "[common_cause.both]\n"
                                "time_between = \"exponential(mean 36 h)\"\n"
                                "time_to_repair = \"exponential(mean 24 h)\"\n"
                                "[common_cause.both.members]\nb = \"100 %\"\n"
                                "c = \"100 %\"\n"}),
    name_of);

}  // namespace
}  // namespace outagesim

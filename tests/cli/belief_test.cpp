// outagesim belief, as a user sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::kPowerScenario;
using testing::Ran;
using testing::run;
using testing::same_with_any_threads;
using ::testing::StartsWith;

TEST(BeliefCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const std::string text = same_with_any_threads(
      {"belief", kPowerScenario, "--draws", "40", "--replications", "4"},
      "belief.csv");
  EXPECT_THAT(text, StartsWith("scope,name,metric,unit,mean,"));
  EXPECT_THAT(text, HasSubstr("\nproduct,chatgpt,downtime,s,"));
}

TEST(BeliefCommand, TellsWhatIsNotKnownAndTheCost) {
  const Ran ran =
      run({"belief", kPowerScenario, "--draws", "16", "--replications", "4"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Not known\n"));
  EXPECT_THAT(ran.out,
              HasSubstr("16 draws of the beliefs with 4 replications"));
}

TEST(BeliefCommand, RefusesAScenarioThatKnowsEverything) {
  const Ran ran = run({"belief", "scenarios/retry-storm.toml"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("says of nothing that it is not known"));
}

}  // namespace
}  // namespace outagesim

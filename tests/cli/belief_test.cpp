// outagesim belief, as a user sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

using testing::file_text;
using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using testing::Scratch;
using ::testing::StartsWith;

constexpr const char* kDecember =
    "scenarios/openai-2024-12-26-supplier-power.toml";

TEST(BeliefCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const Scratch scratch;
  std::vector<std::string> texts;
  for (const char* threads : {"1", "8"}) {
    const Ran ran = run({"belief", kDecember, "--draws", "40", "--replications",
                         "4", "--threads", threads, "--quiet", "--out",
                         (scratch.path() / threads).string()});
    ASSERT_EQ(ran.code, 0) << ran.err;
    texts.push_back(file_text(scratch.path() / threads / "belief.csv"));
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_THAT(texts[0], StartsWith("scope,name,metric,unit,mean,"));
  EXPECT_THAT(texts[0], HasSubstr("\nproduct,chatgpt,downtime,s,"));
}

TEST(BeliefCommand, TellsWhatIsNotKnownAndTheCost) {
  const Ran ran =
      run({"belief", kDecember, "--draws", "16", "--replications", "4"});
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

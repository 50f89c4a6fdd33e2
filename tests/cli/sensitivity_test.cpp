// outagesim sensitivity, as a user sees it.
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

constexpr const char* kScenario = "tests/cli/two-products.toml";

std::vector<std::string> command(const std::vector<std::string>& more) {
  std::vector<std::string> words{"sensitivity", kScenario, "--replications",
                                 "50",          "--rows",  "32",
                                 "--each",      "4"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(SensitivityCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const Scratch scratch;
  std::vector<std::string> texts;
  for (const char* threads : {"1", "8"}) {
    const Ran ran =
        run(command({"--top", "2", "--threads", threads, "--quiet", "--out",
                     (scratch.path() / threads).string()}));
    ASSERT_EQ(ran.code, 0) << ran.err;
    texts.push_back(file_text(scratch.path() / threads / "sensitivity.csv"));
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_THAT(texts[0],
              StartsWith("input,written,low,high,metric,unit,at_low,at_high,"
                         "swing,ci_low,ci_high,does_nothing,first,first_low,"
                         "first_high,total,total_low,total_high\n"));
}

TEST(SensitivityCommand, TellsATornadoAndWhatDoesNothing) {
  const Ran ran = run(command({"--input", "remedy.restart.first=x0.5:x2",
                               "--input", "communication.acknowledged=50 %"}));
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("remedy.restart.first  x 0.5  x 2"));
  EXPECT_THAT(ran.out, HasSubstr("Without any effect, in every replication: "
                                 "communication.acknowledged."));
}

TEST(SensitivityCommand, PrintsJson) {
  const Ran ran =
      run(command({"--input", "remedy.restart.first=x0.5:x2", "--metric",
                   "chat:downtime", "--format", "json"}));
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["metric"], "chat:downtime");
  EXPECT_GT(json["inputs"][0]["swing"]["ci_low"].get<double>(), 0);
}

}  // namespace
}  // namespace outagesim

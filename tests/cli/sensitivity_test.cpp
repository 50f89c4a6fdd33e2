// outagesim sensitivity, as a user sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::Ran;
using testing::run_with;
using testing::same_with_any_threads;
using ::testing::StartsWith;

constexpr const char* kScenario = "tests/cli/two-products.toml";

const std::vector<std::string> kWords{
    "sensitivity", kScenario, "--replications", "50",
    "--rows",      "32",      "--each",         "4"};

TEST(SensitivityCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  std::vector<std::string> words = kWords;
  words.insert(words.end(), {"--top", "2"});
  const std::string text = same_with_any_threads(words, "sensitivity.csv");
  EXPECT_THAT(text,
              StartsWith("input,written,low,high,metric,unit,at_low,at_high,"
                         "swing,ci_low,ci_high,does_nothing,first,first_low,"
                         "first_high,total,total_low,total_high\n"));
}

TEST(SensitivityCommand, TellsATornadoAndWhatDoesNothing) {
  const Ran ran =
      run_with(kWords, {"--input", "remedy.restart.first=x0.5:x2", "--input",
                        "communication.acknowledged=50 %"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("remedy.restart.first  x 0.5  x 2"));
  EXPECT_THAT(ran.out, HasSubstr("Without any effect, in every replication: "
                                 "communication.acknowledged."));
}

TEST(SensitivityCommand, PrintsJson) {
  const Ran ran =
      run_with(kWords, {"--input", "remedy.restart.first=x0.5:x2", "--metric",
                        "chat:downtime", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["metric"], "chat:downtime");
  EXPECT_GT(json["inputs"][0]["swing"]["ci_low"].get<double>(), 0);
}

}  // namespace
}  // namespace outagesim

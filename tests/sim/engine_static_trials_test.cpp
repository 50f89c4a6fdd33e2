// Static questions against exact answers.
#include "sim/engine/static_trials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "sim/experiment/static_series.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;

// Four hours down in a thousand up: 1000 / 1004.
const std::string kFails =
    "fails = { time_to_failure = \"exponential(mean 1000 h)\", "
    "time_to_repair = \"exponential(mean 4 h)\", stationary = true }\n";
// Down a quarter of the time.
const std::string kOften =
    "fails = { time_to_failure = \"exponential(mean 3 h)\", "
    "time_to_repair = \"exponential(mean 1 h)\", stationary = true }\n";

Model static_model(const std::string& services) {
  return model_of(
      "[scenario]\nstart = 2025-01-01T00:00:00Z\nhorizon = \"1 h\"\n" +
      services);
}

// How often the service is up, and four standard errors of it.
void expect_up(const Model& model, const std::string& name, double exact) {
  const Parsed<StaticSystem> system = static_system(model);
  ASSERT_TRUE(system) << system.error;
  const StaticAnswer answer = run_static(*system, {.trials = 4'000'000});
  for (const CompiledService& service : model.graph.services) {
    if (service.name != name) continue;
    const double n = static_cast<double>(answer.trials);
    const double error = std::sqrt(exact * (1 - exact) / n);
    const Proportion& up = answer.up[service.whole];
    EXPECT_EQ(up.n, answer.trials);
    EXPECT_NEAR(static_cast<double>(up.successes) / n, exact, 4 * error);
  }
}

TEST(BiasedBits, AreOneAsOftenAsAsked) {
  for (const double p : {0.5, 0.25, 1.0 / 3, 0.996, 1e-3}) {
    constexpr std::uint64_t kWords = 20'000;
    double ones = 0;
    for (std::uint64_t word = 0; word < kWords; ++word) {
      ones += std::popcount(biased_bits(p, 1, word, 7));
    }
    const double n = 64.0 * kWords;
    EXPECT_NEAR(ones / n, p, 4 * std::sqrt(p * (1 - p) / n)) << p;
  }
}

TEST(BiasedBits, AreNeverAndAlwaysAtTheEnds) {
  EXPECT_EQ(biased_bits(0, 1, 2, 3), 0);
  EXPECT_EQ(biased_bits(1, 1, 2, 3), ~TrialBits{0});
}

TEST(StaticTrials, AnswerAChainOfTen) {
  std::string chain = "[service.s1]\n" + kFails;
  for (int i = 2; i <= 10; ++i) {
    chain += "[service.s" + std::to_string(i) + "]\n" +
             (i == 10 ? "kind = \"product\"\n" : "") + "needs = [\"s" +
             std::to_string(i - 1) + "\"]\n" + kFails;
  }
  expect_up(static_model(chain), "s10", std::pow(1000.0 / 1004, 10));
}

TEST(StaticTrials, AnswerAlternatives) {
  expect_up(
      static_model("[service.a]\n" + kOften + "[service.b]\n" + kOften +
                   "[service.p]\nkind = \"product\"\n[service.p.needs.one]\n"
                   "kind = \"any\"\nof = [\"a\", \"b\"]\n"),
      "p", 1 - 1.0 / 16);
}

// Binomial: three of four, each up three quarters of the time.
TEST(StaticTrials, AnswerAQuorum) {
  std::string text;
  for (const char* name : {"a", "b", "c", "d"}) {
    text += std::string("[service.") + name + "]\n" + kOften;
  }
  expect_up(
      static_model(text +
                   "[service.p]\nkind = \"product\"\n[service.p.needs.most]\n"
                   "kind = \"quorum\"\nof = [\"a\", \"b\", \"c\", \"d\"]\n"
                   "at_least = 3\n"),
      "p", 189.0 / 256);
}

// Both paths lead to one store: it counts once.
TEST(StaticTrials, CountASharedStoreOnce) {
  expect_up(static_model("[service.store]\n" + kOften +
                         "[service.a]\nneeds = [\"store\"]\n"
                         "[service.b]\nneeds = [\"store\"]\n"
                         "[service.p]\nkind = \"product\"\nneeds = [\"a\", "
                         "\"b\"]\n"),
            "p", 0.75);
}

TEST(StaticTrials, KeepACircleUpWhileAllOfItIs) {
  expect_up(static_model("[service.a]\nneeds = [\"b\"]\n" + kOften +
                         "[service.b]\nneeds = [\"a\"]\n" + kOften +
                         "[service.p]\nkind = \"product\"\nneeds = [\"a\"]\n"),
            "p", 9.0 / 16);
}

TEST(StaticTrials, AreTheSameWithAnyNumberOfThreads) {
  const Model model =
      static_model("[service.p]\nkind = \"product\"\n" + kOften);
  const StaticSystem system = *static_system(model);
  const auto run = [&](unsigned threads) {
    return run_static(system, {.trials = 500'000, .threads = threads}).up[0];
  };
  EXPECT_EQ(run(1), run(2));
  EXPECT_EQ(run(1), run(8));
}

TEST(StaticTrials, RefuseWhatTakesTime) {
  const auto refusal = [](const std::string& services) {
    return static_system(static_model(services)).error;
  };
  EXPECT_EQ(refusal("[service.p]\nkind = \"product\"\n[fault.f]\n"
                    "at = \"0 s\"\nwhere = \"p\"\neffect = \"down\"\n"
                    "ends = \"1 h\"\n"),
            "fault \"f\" happens at a time");
  EXPECT_EQ(refusal("[service.p]\nkind = \"product\"\nfails = { "
                    "time_to_failure = \"1 h\", time_to_repair = \"1 h\" }\n"),
            "\"fails of p\" begins as new (stationary "
            "= true?)");
  EXPECT_THAT(refusal("[service.a]\n" + kOften +
                      "[service.p]\nkind = \"product\"\n"
                      "needs = { a = { kind = \"hard\", share = \"50 %\" } "
                      "}\n"),
              HasSubstr("has a share"));
}

}  // namespace
}  // namespace outagesim

// Rare outages by two samplers, beside the chain's exact answer.
#include "sim/experiment/rare.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/analysis/closed_forms.h"
#include "models/analysis/scenario_chain.h"
#include "sim/experiment/rare_check.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

// k of n like parts over a number of days.
std::string k_of_n(int n, int k, const std::string& up, const std::string& down,
                   const std::string& horizon) {
  std::string text =
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
      "\"\n[service.web]\nkind = \"product\"\nneeds.q = { kind = \"quorum\", "
      "at_least = " +
      std::to_string(k) + ", of = [";
  std::string parts;
  for (int i = 0; i < n; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += (i ? ", \"" : "\"") + name + "\"";
    parts += "[service." + name +
             "]\nfails = { time_to_failure = \"exponential(mean " + up +
             ")\", time_to_repair = \"exponential(mean " + down + ")\" }\n";
  }
  return text + "] }\n" + parts;
}

double exactly(const Model& model) {
  const ProductChain chain = product_chain(model, 0);
  EXPECT_TRUE(chain.why_not.empty());
  return solve_chain(chain, model.horizon).answers.outage_probability;
}

void expect_covers(const RareEstimate& estimate, double known) {
  const double error = estimate.relative_error * estimate.probability.value;
  EXPECT_GT(estimate.hits, 0U);
  EXPECT_NEAR(estimate.probability.value, known, 4 * error) << estimate.method;
}

// Four of six parts must fail: about 1e-9 within a day.
TEST(RareOutage, OfABillionthIsFoundToTenPerCent) {
  const Model model = model_of(k_of_n(6, 3, "1000 h", "1 h", "1 d"));
  const double known = exactly(model);
  EXPECT_GT(known, 1e-10);
  EXPECT_LT(known, 2e-9);
  RareOptions options;
  options.relative_error = 0.1;
  const RareEstimate sampled = rare_by_importance_sampling(model, 0, options);
  EXPECT_LE(sampled.relative_error, 0.1);
  EXPECT_GT(sampled.gain, 1e4);
  expect_covers(sampled, known);
  const RareEstimate split = rare_by_splitting(model, 0, options);
  EXPECT_LE(split.relative_error, 0.1);
  EXPECT_GT(split.gain, 1e3);
  expect_covers(split, known);
}

TEST(RareOutage, EndsWhereNothingCanFail) {
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"1 d\"\n"
      "[service.web]\nkind = \"product\"\n");
  EXPECT_TRUE(rare_outages(model).empty());
  RareOptions options;
  options.most_steps = 1000;
  EXPECT_EQ(rare_by_importance_sampling(model, 0, options).hits, 0U);
  EXPECT_EQ(rare_by_splitting(model, 0, options).hits, 0U);
}

TEST(RareOutage, StopsWhenAskedToAndWhenItsWorkIsDone) {
  const Model model = model_of(k_of_n(6, 3, "1000 h", "1 h", "1 d"));
  RareOptions options;
  options.most_steps = 20'000;
  const RareEstimate short_of_work =
      rare_by_importance_sampling(model, 0, options);
  EXPECT_TRUE(short_of_work.cut_short);
  EXPECT_LE(short_of_work.steps, options.most_steps);
  std::stop_source source;
  source.request_stop();
  options = {};
  options.stop = source.get_token();
  EXPECT_LT(rare_by_importance_sampling(model, 0, options).steps, 2000U);
  EXPECT_LT(rare_by_splitting(model, 0, options).steps, 2000U);
  EXPECT_TRUE(rare_outages(model, options).empty());
}

// Where plain simulation can judge too, weights must be right to a per cent.
TEST(RareOutage, IsUnbiasedWhereItIsNotRare) {
  const Model model = model_of(k_of_n(3, 2, "50 h", "5 h", "4 d"));
  const double known = exactly(model);
  EXPECT_GT(known, 0.1);
  RareOptions options;
  options.relative_error = 0.02;
  expect_covers(rare_by_importance_sampling(model, 0, options), known);
  expect_covers(rare_by_splitting(model, 0, options), known);
}

TEST(RareOutage, WithASwitchOverIsThatOfTheChain) {
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"7 d\"\n"
      "[service.web]\nkind = \"product\"\nneeds.db = { kind = \"any\", of = "
      "[\"a\", \"b\"], coverage = \"99.9 %\" }\n"
      "[service.a]\nfails = { time_to_failure = \"exponential(mean 9000 h)\", "
      "time_to_repair = \"exponential(mean 3 h)\" }\n"
      "[service.b]\nfails = { time_to_failure = \"exponential(mean 9000 h)\", "
      "time_to_repair = \"exponential(mean 3 h)\" }\n");
  RareOptions options;
  options.relative_error = 0.05;
  options.most_steps = 2'000'000;
  expect_covers(rare_by_importance_sampling(model, 0, options), exactly(model));
}

// Forty like parts are 41 states, not 2^40.
TEST(ProductChain, CountsTheLikePartsOfAQuorum) {
  const Model model = model_of(k_of_n(40, 30, "100 h", "5 h", "7 d"));
  const ProductChain chain = product_chain(model, 0);
  EXPECT_EQ(chain.chain.states(), 41U);
  const ChainAnswers answers = solve_chain(chain, model.horizon).answers;
  const CrewedParts parts{40, 30, 0.01, 0.2, 40};
  EXPECT_NEAR(answers.time_to_outage / 3600 / crewed_time_to_failure(parts), 1,
              1e-9);
}

// A level that counts the wrong thing: no path is ever helped.
TEST(RareOutage, APoorImportanceFunctionShowsAsAWideInterval) {
  const Model model = model_of(k_of_n(6, 3, "1000 h", "1 h", "1 d"));
  const auto poor = [](const std::vector<std::uint16_t>&) { return 0U; };
  RareOptions options;
  options.most_steps = 200'000;
  const RareEstimate split = rare_by_splitting(model, 0, options, poor);
  EXPECT_GT(split.relative_error, 0.3);
  EXPECT_GT(split.probability.high, exactly(model));
}

TEST(RareOutage, HasTheSameBytesEachTime) {
  const Model model = model_of(k_of_n(4, 2, "500 h", "1 h", "7 d"));
  const RareEstimate one = rare_by_splitting(model, 0);
  const RareEstimate two = rare_by_splitting(model, 0);
  EXPECT_EQ(one.probability.value, two.probability.value);
  EXPECT_EQ(one.steps, two.steps);
}

}  // namespace
}  // namespace outagesim

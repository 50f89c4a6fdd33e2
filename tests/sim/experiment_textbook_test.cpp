// One table of textbook systems: every method that can answer gives the same
// answer, and the simulator's lies within four standard errors of it.
#include "tests/support/textbook_systems.h"

#include <gtest/gtest.h>

#include <set>

#include "models/analysis/exact_products.h"
#include "models/analysis/scenario_chain.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

std::vector<TextbookSystem> all_systems() {
  std::vector<TextbookSystem> all;
  for (auto part : {static_systems(), repairable_systems(), queueing_systems(),
                    lifetime_systems(), shared_systems()}) {
    for (TextbookSystem& system : part) all.push_back(std::move(system));
  }
  return all;
}

std::vector<TextbookSystem> simulated_systems() {
  std::vector<TextbookSystem> all = all_systems();
  std::erase_if(all, [](const TextbookSystem& system) {
    return system.simulated.scenario.empty();
  });
  return all;
}

std::string name_of(const testing::TestParamInfo<TextbookSystem>& info) {
  return info.param.name;
}

class Textbook : public testing::TestWithParam<TextbookSystem> {};

TEST_P(Textbook, MethodsAgree) {
  const TextbookSystem& system = GetParam();
  ASSERT_GE(system.answers.size(), 2U);
  const MethodAnswer& first = system.answers.front();
  for (const MethodAnswer& other : system.answers) {
    EXPECT_NEAR(other.value, first.value, 1e-9)
        << other.method << " against " << first.method << ": " << system.source;
  }
  if (!std::isnan(system.printed)) {
    EXPECT_NEAR(first.value, system.printed, system.printed_to)
        << system.source;
  }
}

INSTANTIATE_TEST_SUITE_P(Systems, Textbook, testing::ValuesIn(all_systems()),
                         name_of);

Model framed(const SimulatedQuestion& question) {
  return model_of("[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" +
                  std::to_string(question.horizon_hours) +
                  " h\"\noutage_ends_after = \"0 s\"\n" + question.scenario);
}

class SimulatedTextbook : public testing::TestWithParam<TextbookSystem> {};

TEST_P(SimulatedTextbook, LiesWithinFourStandardErrors) {
  const SimulatedQuestion& question = GetParam().simulated;
  const Model model = framed(question);
  const Mean mean = mean_over(model, 10000, [&](const Replication& r) {
    if (question.outage_by) return r.outages.empty() ? 0.0 : 1.0;
    return r.products[0].served_time / (question.horizon_hours * 3600);
  });
  expect_near(mean, question.known);
}

// What `check` makes of the scenario: its decision diagram and its chain.
TEST_P(SimulatedTextbook, TheScenariosOwnMethodsAgree) {
  const SimulatedQuestion& question = GetParam().simulated;
  const Model model = framed(question);
  int answers = 0;
  const ExactProduct diagram = exact_products(model).products[0];
  if (!question.outage_by && diagram.why_not.empty()) {
    const double margin = diagram.approximate ? diagram.fit_error : 1e-8;
    EXPECT_NEAR(diagram.availability, question.known, margin);
    ++answers;
  }
  const ProductChain chain = product_chain(model, 0);
  if (chain.why_not.empty()) {
    const ChainSolution solution = solve_chain(chain, model.horizon);
    ASSERT_TRUE(solution.solved);
    const ChainAnswers& is = solution.answers;
    EXPECT_NEAR(question.outage_by ? is.outage_probability : is.availability,
                question.known, std::max(1e-8, question.phases_off));
    ++answers;
  }
  EXPECT_GE(answers, 1);
}

INSTANTIATE_TEST_SUITE_P(Systems, SimulatedTextbook,
                         testing::ValuesIn(simulated_systems()), name_of);

TEST(TextbookTable, HasSystemsEnoughEachWithItsSource) {
  std::set<std::string> names;
  for (const TextbookSystem& system : all_systems()) {
    EXPECT_FALSE(system.source.empty()) << system.name;
    EXPECT_TRUE(names.insert(system.name).second) << system.name;
  }
  EXPECT_GE(names.size(), 25U);
}

}  // namespace
}  // namespace outagesim

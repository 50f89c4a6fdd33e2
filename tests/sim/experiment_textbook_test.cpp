// One table of textbook systems: every method that can answer gives the same
// answer, and the simulator's lies within four standard errors of it.
#include "tests/support/textbook_systems.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

std::vector<TextbookSystem> all_systems() {
  std::vector<TextbookSystem> all;
  for (auto part : {static_systems(), repairable_systems(), queueing_systems(),
                    lifetime_systems()}) {
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

class SimulatedTextbook : public testing::TestWithParam<TextbookSystem> {};

TEST_P(SimulatedTextbook, LiesWithinFourStandardErrors) {
  const SimulatedQuestion& question = GetParam().simulated;
  const std::string hours = std::to_string(question.horizon_hours);
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + hours +
      " h\"\noutage_ends_after = \"0 s\"\n" + question.scenario);
  const Mean mean = mean_over(model, 10000, [&](const Replication& r) {
    if (question.outage_by) return r.outages.empty() ? 0.0 : 1.0;
    return r.products[0].served_time / (question.horizon_hours * 3600);
  });
  expect_near(mean, question.known);
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

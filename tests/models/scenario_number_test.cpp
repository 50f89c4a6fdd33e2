// Numbers in a scenario's text: found, told, and changed.
#include "models/scenario/scenario_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/scenario/uncertain.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;

constexpr const char* kPower = "fault.power.ends";

const ScenarioText& december() {
  static const ScenarioText kText(
      (source_tree() / "scenarios/openai-2024-12-26-supplier-power.toml")
          .string(),
      {});
  return kText;
}

std::vector<std::string> settings_at(const UncertainInput& input,
                                     Probability u) {
  std::vector<NumberChange> changes;
  add_changes(input, u, changes);
  return settings_of(changes);
}

std::string refusal(const std::string& typed) {
  try {
    parse_input(december(), typed);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(ScenarioNumber, IsAQuantityWithItsUnit) {
  const auto number = quantity_in("206 min");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->value, 206);
  EXPECT_EQ(number->unit, "min");
  EXPECT_EQ(told(*number, 103), "103 min");
  EXPECT_FALSE(quantity_in("3-tier"));
  EXPECT_FALSE(quantity_in("cloud-2022"));
}

TEST(ScenarioNumber, OfALawIsItsScaleOrAParameter) {
  const std::string text = "lognormal(median 206 min, sigma 1.718)";
  auto scale = law_in(text);
  ASSERT_TRUE(scale);
  scale->key = "fault.f.ends";
  EXPECT_THAT(settings_of(std::vector<NumberChange>{{&*scale, 2}}),
              ElementsAre("fault.f.ends = \"lognormal(median 412 min, sigma "
                          "1.718)\""));
  auto sigma = parameter_in(text, "sigma");
  ASSERT_TRUE(sigma);
  sigma->key = "fault.f.ends";
  EXPECT_THAT(
      settings_of(std::vector<NumberChange>{{&*sigma, 1.5}}),
      ElementsAre("fault.f.ends = \"lognormal(median 206 min, sigma 1.5)\""));
  EXPECT_THAT(
      settings_of(std::vector<NumberChange>{{&*scale, 2}, {&*sigma, 1.5}}),
      ElementsAre("fault.f.ends = \"lognormal(median 412 min, sigma 1.5)\""));
  EXPECT_FALSE(parameter_in(text, "shape"));
  EXPECT_EQ(parameter_in(text, "median")->unit, "min");
}

TEST(ScenarioNumber, ReadsWhatIsTypedInAnyUnit) {
  const auto minutes = quantity_in("206 min");
  EXPECT_DOUBLE_EQ(value_in(*minutes, "2 h").value(), 120);
  EXPECT_DOUBLE_EQ(value_in(*minutes, "x 0.5").value(), 103);
  EXPECT_DOUBLE_EQ(value_in(*minutes, "90").value(), 90);
  EXPECT_FALSE(value_in(*minutes, "soon"));
  EXPECT_FALSE(value_in(*minutes, "30 %"));
  EXPECT_DOUBLE_EQ(value_in(*quantity_in("0.4 %"), "1.2 %").value(), 1.2);
}

TEST(UncertainInput, IsReadFromARangeOrASpan) {
  const UncertainInput factor =
      parse_input(december(), std::string(kPower) + "=x0.5:x2");
  EXPECT_NEAR(value_at(factor, {0.5}), 1.25, 1e-12);
  const UncertainInput sigma =
      parse_input(december(), std::string(kPower) + ".sigma=50 %");
  EXPECT_NEAR(value_at(sigma, lower_end(sigma)), 0.859, 1e-9);
  EXPECT_NEAR(value_at(sigma, upper_end(sigma)), 2.577, 1e-9);
  EXPECT_NEAR(value_at(parse_input(december(),
                                   "population.chatgpt-users.reports=0.1 %:1 "
                                   "%"),
                       {0.5}),
              0.55, 1e-12);
}

TEST(UncertainInput, ChangesTheScenario) {
  const UncertainInput factor =
      parse_input(december(), std::string(kPower) + "=x0.5:x2");
  Mistakes mistakes;
  const auto scenario =
      december().with(settings_at(factor, upper_end(factor)), mistakes);
  ASSERT_TRUE(scenario) << format_mistakes(mistakes.kept());
  EXPECT_NEAR(quantile(*scenario->faults[0].ends, {0.5}), 412 * 60, 1e-3);
}

TEST(UncertainInput, RefusesWhatIsNoRange) {
  EXPECT_EQ(refusal("fault.power.end=20 %"),
            "--input: no number stands at \"fault.power.end\"; did you mean "
            "\"fault.power.ends\"?");
  EXPECT_EQ(refusal("fault.power.ends"),
            "--input fault.power.ends: write PATH=LOW:HIGH, or PATH=20 % for "
            "either side");
  EXPECT_EQ(refusal("fault.power.ends=1 h:2 h"),
            "--input fault.power.ends=1 h:2 h: expected a value such as \"x "
            "1\" or a factor such as \"x0.5\", found \"1 h\"");
  EXPECT_EQ(refusal("fault.power.ends=x2:x1"),
            "--input fault.power.ends=x2:x1: the low end must be below the "
            "high end");
}

TEST(UncertainInput, OfAShareStaysBelowAllOfIt) {
  for (const UncertainInput& input : all_inputs(december(), {0.5})) {
    Mistakes mistakes;
    EXPECT_TRUE(december().with(settings_at(input, upper_end(input)), mistakes))
        << input.name << format_mistakes(mistakes.kept());
  }
}

}  // namespace
}  // namespace outagesim

#include "viz/check_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Subject kChat{Scope::kProduct, 0};

CheckReport one_of_each() {
  CheckReport report;
  CheckRow row;
  row.subject = kChat;
  row.metric = find_metric("availability_time");
  row.method = "decision diagram";
  row.exact = 0.975;
  row.simulated = {.value = 0.974, .low = 0.972, .high = 0.976, .n = 100};
  row.z = -0.98;
  report.rows = {row};
  report.unsolved = {{kChat,
                      find_metric("outage_probability"),
                      "Markov chain",
                      {"a law has memory", "a remedy may end it"}}};
  return report;
}

TEST(ChecksTable, TellsWhatIsSolvedAndWhyTheRestIsNot) {
  const Model model = testing::small_model();
  const CheckReport report = one_of_each();
  const ReportTable table =
      checks_table({model, report, "a.toml", {}}, "outagesim check a.toml");
  const std::string chat = subject_name(model, kChat);
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_THAT(table.rows[0],
              ElementsAre(chat, "availability time", "97.5 %", "97.4 ± 0.2 %",
                          "-0.98", "decision diagram", "agrees"));
  EXPECT_THAT(
      table.rows[1],
      ElementsAre(chat, "outage probability", "", "", "", "Markov chain",
                  "not solved: a law has memory; a remedy may end it"));
  EXPECT_EQ(table.sentence,
            "1 number can be solved without simulation; 1 of 1 agrees with it; "
            "z is the distance in standard errors, and all verdicts "
            "together are wrong of a correct simulation once in a thousand; "
            "of 1 other the table says why not.");
  EXPECT_EQ(table.command, "outagesim check a.toml");
}

// What is known to 1e-12 does not say of 1 - 4.6e-13 that it is no 1.
TEST(CheckText, ClaimsNoMoreOfAShareThanIsKnown) {
  CheckRow row = one_of_each().rows[0];
  row.exact = 1 - 4.6e-13;
  row.exact_error = 1e-12;
  EXPECT_EQ(exact_digits(row), "1 ± 1e-12");
  row.exact_error = 1e-15;
  EXPECT_EQ(exact_digits(row), "1 - 4.6e-13");
}

TEST(CheckText, SaysThatNothingJudgedIsNoPass) {
  const Model model = testing::small_model();
  const CheckReport report;
  EXPECT_THAT(check_text({model, report, "a.toml", {}}, {}),
              HasSubstr("Nothing was judged: this is no pass"));
}

TEST(ChecksTable, IsEmptyWhereThereIsNothingToSolve) {
  const Model model = testing::small_model();
  const CheckReport report;
  const ReportTable table = checks_table({model, report, "a.toml", {}}, "");
  EXPECT_THAT(table.rows, IsEmpty());
  EXPECT_EQ(table.sentence,
            "Nothing of this scenario can be solved without simulation.");
}

}  // namespace
}  // namespace outagesim

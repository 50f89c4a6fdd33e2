#include "viz/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace outagesim {
namespace {

using ::testing::ElementsAre;

TEST(InAscii, SpellsTheSignsOfReports) {
  EXPECT_EQ(in_ascii("4.6 … 97 min, 32 ± 1; “a” → b ≥ 3 × 2"),
            "4.6 .. 97 min, 32 +- 1; \"a\" -> b >= 3 x 2");
}

TEST(InAscii, KeepsPicturesInTheirColumns) {
  EXPECT_EQ(in_ascii(" ▁▂▃▄▅▆▇█"), " .:-=+*%#");
  EXPECT_EQ(in_ascii("██▌"), "##-");
  EXPECT_EQ(in_ascii("│1 h  ▲"), "|1 h  ^");
}

TEST(InAscii, LeavesNamesAlone) { EXPECT_EQ(in_ascii("数据库 é"), "数据库 é"); }

TEST(Broken, BreaksAtSpacesAndElseWithinWords) {
  EXPECT_THAT(broken("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(broken("immeasurable", 5), ElementsAre("immea", "surab", "le"));
  EXPECT_THAT(broken("", 5), ElementsAre(""));
  EXPECT_THAT(broken("数据库", 4), ElementsAre("数据", "库"));
}

TEST(Broken, NeverBreaksLessThanACharacter) {
  EXPECT_THAT(broken("数据", 1), ElementsAre("数", "据"));
}

TEST(Printed, LeavesTextAloneWhereWidthIsUnknown) {
  const std::string line(500, 'x');
  EXPECT_EQ(printed(line + "\n", {}), line + "\n");
}

TEST(Printed, FoldsLinesThatAreTooLong) {
  EXPECT_EQ(printed("short\n  one two three four five six\nend", {.width = 20}),
            "short\n  one two three four\n    five six\nend");
}

TEST(Printed, CountsNoColumnForColour) {
  const TextStyle style{.colour = true, .width = 20};
  const std::string line = style.bold("1234") + " 67890 2345 789\n";
  EXPECT_EQ(printed(line, style), line);
}

TEST(Printed, SpellsSignsBeforeItFolds) {
  EXPECT_EQ(printed("1 … 2\n", {.ascii = true, .width = 20}), "1 .. 2\n");
}

}  // namespace
}  // namespace outagesim

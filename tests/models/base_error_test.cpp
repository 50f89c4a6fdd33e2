#include "models/base/error.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace outagesim {
namespace {

std::string shown_at(const std::string& line, uint32_t column, size_t width,
                     const std::string& hint = "") {
  const auto file = make_source_file("a.toml", line);
  const std::vector<Mistake> one = {{{file, 1, column}, width, "wrong", hint}};
  const std::string text = format_mistakes(one);
  return text.substr(text.find('\n') + 1);
}

TEST(FormatMistakes, PrintsPlaceLineCaretAndHint) {
  const auto file = make_source_file(
      "scenarios/checkout.toml",
      std::string(40, '\n') + "  on = \"chekout\"\nkind = 1\n");
  const std::vector<Mistake> mistakes = {
      {{file, 41, 8},
       9,
       R"(no service is named "chekout")",
       R"(did you mean "checkout" (line 12)?)"}};
  EXPECT_EQ(
      format_mistakes(mistakes),
      R"(scenarios/checkout.toml:41:8: error: no service is named "chekout"
   41 | on = "chekout"
      |      ^^^^^^^^^  did you mean "checkout" (line 12)?
)");
}

TEST(FormatMistakes, WorksWithoutAPlace) {
  const std::vector<Mistake> mistakes = {{{}, 1, "no scenario", "give a file"}};
  EXPECT_EQ(format_mistakes(mistakes), "error: no scenario\n  give a file\n");
}

TEST(FormatMistakes, NamesAWholeFile) {
  const auto file = make_source_file("b.toml", "");
  const std::vector<Mistake> mistakes = {{{file, 0, 0}, 1, "it is empty", ""}};
  EXPECT_EQ(format_mistakes(mistakes), "b.toml: error: it is empty\n");
}

TEST(FormatMistakes, ShowsTextGivenOnTheCommandLine) {
  const auto file = make_source_file("--set", "scenario.horizon=5");
  const std::vector<Mistake> mistakes = {
      {{file, 1, 18}, 1, "the unit is missing", ""}};
  EXPECT_EQ(format_mistakes(mistakes),
            "--set:1:18: error: the unit is missing\n"
            "    1 | scenario.horizon=5\n"
            "      |                  ^\n");
}

TEST(FormatMistakes, CountsAnArabicLetterAsOneColumnAndAMarkAsNone) {
  // Six letters; the second carries a shadda, which fills no column.
  EXPECT_EQ(shown_at("مدّرسة = 1", 8, 1),
            "    1 | مدّرسة = 1\n"
            "      |       ^\n");
}

TEST(FormatMistakes, CountsAChineseCharacterAsTwoColumns) {
  EXPECT_EQ(shown_at("on = \"数据库\" # x", 6, 8),
            "    1 | on = \"数据库\" # x\n"
            "      |      ^^^^^^^^\n");
  EXPECT_EQ(shown_at("数据 = 1", 6, 1),
            "    1 | 数据 = 1\n"
            "      |        ^\n");
}

TEST(FormatMistakes, CountsATabAsFourSpaces) {
  EXPECT_EQ(shown_at("\ta\t= b", 5, 1),
            "    1 | a    = b\n"
            "      |       ^\n");
}

TEST(FormatMistakes, ShowsControlBytesAndInvalidBytesAsHex) {
  EXPECT_EQ(shown_at("a\x1b[2J\xff = b", 8, 1),
            "    1 | a\\x1B[2J\\xFF = b\n"
            "      |              ^\n");
}

TEST(FormatMistakes, ShowsCharactersThatReorderTheLineByTheirNumber) {
  EXPECT_EQ(shown_at("a\u202E = b", 4, 1),
            "    1 | a\\u202E = b\n"
            "      |         ^\n");
}

TEST(FormatMistakes, ShowsAWindowOfALongLine) {
  const std::string line = std::string(300, 'a') + "X" + std::string(300, 'b');
  EXPECT_EQ(shown_at(line, 301, 1, "here"),
            "    1 | …" + std::string(40, 'a') + "X" + std::string(59, 'b') +
                "…\n      | " + std::string(41, ' ') + "^  here\n");
}

TEST(FormatMistakes, ShowsTheStartOfALongLineWhole) {
  EXPECT_EQ(shown_at("X" + std::string(10'000'000, '['), 1, 1),
            "    1 | X" + std::string(99, '[') + "…\n      | ^\n");
}

TEST(FormatMistakes, KeepsTheCaretInsideTheLine) {
  EXPECT_EQ(shown_at("ab", 2, 50), "    1 | ab\n      |  ^\n");
  EXPECT_EQ(shown_at("ab", 50, 3), "    1 | ab\n      |   ^\n");
  EXPECT_EQ(shown_at("", 1, 3), "    1 | \n      | ^\n");
}

TEST(FormatMistakes, SortsByFileLineAndColumn) {
  const auto a = make_source_file("a.toml", "x\ny\n");
  const auto b = make_source_file("b.toml", "x\n");
  const std::vector<Mistake> mistakes = {{{b, 1, 1}, 1, "four", ""},
                                         {{a, 2, 1}, 1, "three", ""},
                                         {{a, 1, 2}, 1, "two", ""},
                                         {{a, 1, 1}, 1, "one", ""}};
  EXPECT_EQ(format_mistakes(mistakes),
            "a.toml:1:1: error: one\n    1 | x\n      | ^\n"
            "a.toml:1:2: error: two\n    1 | x\n      |  ^\n"
            "a.toml:2:1: error: three\n    2 | y\n      | ^\n"
            "b.toml:1:1: error: four\n    1 | x\n      | ^\n");
}

TEST(FormatMistakes, PrintsAHundredAndCountsTheRest) {
  const std::vector<Mistake> mistakes(123, {{}, 1, "wrong", ""});
  const std::string text = format_mistakes(mistakes, 7);
  EXPECT_TRUE(text.ends_with("error: wrong\nand 30 more\n"));
  EXPECT_EQ(text.size(), 100 * std::string("error: wrong\n").size() +
                             std::string("and 30 more\n").size());
}

TEST(Mistakes, ThrowsAllOfThemAtOnce) {
  Mistakes mistakes;
  mistakes.throw_if_any();
  mistakes.add({{}, 1, "one", ""});
  mistakes.add({{}, 1, "two", ""});
  EXPECT_EQ(mistakes.size(), 2U);
  try {
    mistakes.throw_if_any();
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.mistakes().size(), 2U);
    EXPECT_STREQ(error.what(), "error: one\nerror: two\n");
  }
}

TEST(Mistakes, KeepsABoundedNumber) {
  Mistakes mistakes;
  for (int i = 0; i < 20'000; ++i) mistakes.add({{}, 1, "wrong", ""});
  EXPECT_EQ(mistakes.size(), 20'000U);
  EXPECT_EQ(mistakes.kept().size(), 10'000U);
}

TEST(ColumnsUntil, MeasuresWhatTheExcerptShows) {
  const auto file = make_source_file("a.toml", "a = \"数据\" # é");
  EXPECT_EQ(columns_until({file, 1, 5}, 9), 6U);
  EXPECT_EQ(columns_until({file, 1, 5}, 5), 1U);
  EXPECT_EQ(columns_until({}, 9), 1U);
}

TEST(SourceFile, KnowsItsLinesWithoutTheirEnds) {
  const auto file = make_source_file("a", "\xEF\xBB\xBFone\r\ntwo\n\nfour");
  EXPECT_EQ(line_text(*file, 1), "one");
  EXPECT_EQ(line_text(*file, 2), "two");
  EXPECT_EQ(line_text(*file, 3), "");
  EXPECT_EQ(line_text(*file, 4), "four");
  EXPECT_EQ(line_text(*file, 5), "");
  EXPECT_EQ(to_text({file, 2, 3}), "a:2:3");
}

}  // namespace
}  // namespace outagesim

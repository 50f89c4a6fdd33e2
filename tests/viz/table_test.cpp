#include "viz/table.h"

#include <gtest/gtest.h>

#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr auto kRight = Table::Align::kRight;

TEST(Table, AlignsColumns) {
  Table table{{{"name"}, {"time", kRight}}, {}};
  table.add({"api", "5 min"});
  table.add({"database", "12 h"});
  EXPECT_EQ(to_text(table),
            "  name       time\n"
            "  api       5 min\n"
            "  database   12 h\n");
}

TEST(Table, AlignsByDisplayWidthInAnyScript) {
  Table table{{{""}, {"", kRight}}, {}};
  table.add({"数据库", "1"});
  table.add({"قاعدة", "22"});
  table.add({"db", "333"});
  EXPECT_EQ(to_text(table),
            "  数据库    1\n"
            "  قاعدة    22\n"
            "  db      333\n");
}

TEST(Table, ShowsNoTitlesWhereThereAreNone) {
  Table table{{{""}, {""}}, {}};
  table.add({"a", "b"});
  EXPECT_EQ(to_text(table), "  a  b\n");
}

TEST(Table, UsesColourOnlyWhenAsked) {
  EXPECT_EQ(TextStyle{}.bold("x"), "x");
  EXPECT_EQ(TextStyle{.colour = true}.bold("x"), "\x1b[1mx\x1b[0m");
}

Table times_table() {
  Table table{{{""},
               {"middle", kRight},
               {"90 % of cases", kRight},
               {"", Table::Align::kPicture}},
              {}};
  table.add({"detect: until noticed", "8.4 min", "1.1 … 66 min", "████████"});
  table.add({"数据库", "41 min", "5.9 … 264 min", "▌"});
  return table;
}

TEST(Table, StaysAsItIsWhereItFits) {
  EXPECT_EQ(to_text(times_table(), {.width = 60}), to_text(times_table()));
  EXPECT_EQ(to_text(times_table(), {.width = 58}), to_text(times_table()));
}

TEST(Table, BreaksWordsWhereItIsTooWide) {
  EXPECT_EQ(to_text(times_table(), {.width = 50}),
            "                   middle  90 % of cases\n"
            "  detect: until   8.4 min   1.1 … 66 min  ████████\n"
            "    noticed\n"
            "  数据库           41 min  5.9 … 264 min  ▌\n");
}

TEST(Table, FoldsColumnsWhereBreakingIsNotEnough) {
  EXPECT_EQ(to_text(times_table(), {.width = 40}),
            "                   middle  90 % of cases\n"
            "  detect: until   8.4 min   1.1 … 66 min\n"
            "    noticed\n"
            "  数据库           41 min  5.9 … 264 min\n"
            "  detect: until noticed  ████████\n"
            "  数据库                 ▌\n");
}

TEST(Table, IsSpelledInAsciiBeforeItIsAligned) {
  EXPECT_EQ(to_text(times_table(), {.ascii = true}),
            "                          middle   90 % of cases\n"
            "  detect: until noticed  8.4 min   1.1 .. 66 min  ########\n"
            "  数据库                  41 min  5.9 .. 264 min  -\n");
}

TEST(Table, BreaksNumbersOnlyWhereNothingElseIsLeft) {
  Table table{{{"key"}, {"", kRight}}, {}};
  table.add({"a", "1234567890123456789012345"});
  EXPECT_EQ(to_text(table, {.width = 20}),
            "  key\n"
            "  a    1234567890123\n"
            "        456789012345\n");
}

TEST(Table, RunsOverAtNoWidth) {
  Table table = times_table();
  table.add({std::string(300, 'x'), "1", "2", "███"});
  table.add({"قاعدة البيانات الرئيسية للمستخدمين", "1", "2", "███"});
  for (std::size_t width = 20; width < 130; ++width) {
    const std::string text = to_text(table, {.width = width});
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      EXPECT_LE(display_width(text.substr(at, end - at)), width);
      at = end + 1;
    }
  }
}

TEST(Wrapped, BreaksBetweenWords) {
  EXPECT_EQ(wrapped("one two three", 8), "one two\nthree\n");
  EXPECT_EQ(wrapped("  one two three", 9, 4), "  one two\n    three\n");
  EXPECT_EQ(wrapped("immeasurable", 5), "immeasurable\n");
  EXPECT_EQ(wrapped("", 5), "\n");
}

TEST(Wrapped, KeepsANumberWithItsSignAndUnit) {
  EXPECT_EQ(wrapped("chance: > 99 %.", 13), "chance:\n> 99 %.\n");
  EXPECT_EQ(wrapped("from 6.9 h (± 4 min)", 15), "from 6.9 h\n(± 4 min)\n");
}

}  // namespace
}  // namespace outagesim

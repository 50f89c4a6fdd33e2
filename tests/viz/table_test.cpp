#include "viz/table.h"

#include <gtest/gtest.h>

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

TEST(Bar, FillsItsShareInEighths) {
  EXPECT_EQ(bar(1, 3), "███");
  EXPECT_EQ(bar(0.5, 1), "▌");
  EXPECT_EQ(bar(0, 3), "");
  EXPECT_EQ(bar(7, 1), "█");
}

}  // namespace
}  // namespace outagesim

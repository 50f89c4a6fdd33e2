#include "models/base/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace outagesim {
namespace {

TEST(DisplayWidth, CountsTerminalColumns) {
  EXPECT_EQ(display_width("checkout"), 8U);
  EXPECT_EQ(display_width("Zürich"), 6U);
  EXPECT_EQ(display_width("Zu\u0308rich"), 6U);
  EXPECT_EQ(display_width("数据库"), 6U);
  EXPECT_EQ(display_width("قاعدة البيانات"), 14U);
  EXPECT_EQ(display_width("مُدَرِّسة"), 5U);
  EXPECT_EQ(display_width("한국어"), 6U);
  EXPECT_EQ(display_width("ｶﾀｶﾅ"), 4U);
  EXPECT_EQ(display_width("🔥"), 2U);
  EXPECT_EQ(display_width("\t\xff"), 8U);
  EXPECT_EQ(display_width(""), 0U);
}

TEST(Printable, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\x1b[31m\n"), "a\\x1B[31m\\x0A");
  EXPECT_EQ(printable("\xc2\x9b"
                      "1m"),
            "\\xC2\\x9B1m");
  EXPECT_EQ(printable("\xe2\x82"), "\\xE2\\x82");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xED\\xA0\\x80");  // a surrogate
  EXPECT_EQ(printable("\xc0\xaf"), "\\xC0\\xAF");           // overlong
  EXPECT_EQ(printable("نص 文"), "نص 文");
}

TEST(Pad, FillsToTheDisplayWidth) {
  EXPECT_EQ(pad_right("数据", 6), "数据  ");
  EXPECT_EQ(pad_left("数据", 6), "  数据");
  EXPECT_EQ(pad_left("toolong", 3), "toolong");
}

TEST(Truncate, CutsAtTheDisplayWidth) {
  EXPECT_EQ(truncate("checkout", 8), "checkout");
  EXPECT_EQ(truncate("checkout", 5), "chec…");
  EXPECT_EQ(truncate("数据库", 4), "数…");
  EXPECT_EQ(truncate("数据库", 0), "");
}

TEST(ClosestMatch, FindsTheWordMeant) {
  const std::vector<std::string> names = {"checkout", "cart", "قاعدة",
                                          "数据库"};
  EXPECT_EQ(closest_match("chekout", names), "checkout");
  EXPECT_EQ(closest_match("chekcout", names), "checkout");
  EXPECT_EQ(closest_match("CART", names), "cart");
  EXPECT_EQ(closest_match("cat", names), "cart");
  EXPECT_EQ(closest_match("قاعده", names), "قاعدة");
  EXPECT_EQ(closest_match("数据裤", names), "数据库");
  EXPECT_EQ(closest_match("payments", names), std::nullopt);
  EXPECT_EQ(closest_match("x", names), std::nullopt);
  EXPECT_EQ(closest_match("", names), std::nullopt);
  EXPECT_EQ(closest_match(std::string(1'000'000, 'a'), names), std::nullopt);
}

TEST(ClosestMatch, TakesTheFirstOfEquals) {
  const std::vector<std::string_view> names = {"db-a", "db-b"};
  EXPECT_EQ(closest_match("db-c", names), "db-a");
}

TEST(NameHash, IsFnv1a) {
  // Test vectors of draft-eastlake-fnv-17, section 6.
  EXPECT_EQ(name_hash(""), 0xcbf29ce484222325U);
  EXPECT_EQ(name_hash("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(name_hash("foobar"), 0x85944171f73967e8U);
}

TEST(RoundTrip, IsShortestAndExact) {
  EXPECT_EQ(round_trip(0.1), "0.1");
  EXPECT_EQ(round_trip(1e300), "1e+300");
  EXPECT_EQ(round_trip(0), "0");
  EXPECT_EQ(round_trip(NAN), "n/a");
}

TEST(Significant, RoundsWithoutAnExponentWhereReadable) {
  EXPECT_EQ(significant(1234567, 3), "1230000");
  EXPECT_EQ(significant(0.0123456, 3), "0.0123");
  EXPECT_EQ(significant(2, 3), "2");
  EXPECT_EQ(significant(-9.996, 3), "-10");
  EXPECT_EQ(significant(1.5e-9, 3), "1.5e-09");
  EXPECT_EQ(significant(1.2345e20, 2), "1.2e+20");
  EXPECT_EQ(significant(0, 3), "0");
  EXPECT_EQ(significant(NAN, 3), "n/a");
  EXPECT_EQ(significant(-HUGE_VAL, 3), "-inf");
}

TEST(FixedDecimals, KeepsTrailingZeros) {
  EXPECT_EQ(fixed_decimals(0.5, 2), "0.50");
  EXPECT_EQ(fixed_decimals(-0.001, 2), "0.00");
  EXPECT_EQ(fixed_decimals(0, 1), "0.0");
  EXPECT_EQ(fixed_decimals(1e300, 1), "1e+300");
  EXPECT_EQ(fixed_decimals(HUGE_VAL, 1), "inf");
}

TEST(FormatDuration, ReadsAsAPersonWouldSayIt) {
  const std::vector<std::pair<double, std::string>> cases = {
      {0, "0 s"},
      {0.0004, "0.4 ms"},
      {0.02, "20 ms"},
      {0.8, "0.8 s"},
      {5, "5 s"},
      {9.97, "10 s"},
      {45, "45 s"},
      {59.7, "1 min"},
      {210, "3.5 min"},
      {720, "12 min"},
      {3590, "1 h"},
      {12'240, "3.4 h"},
      {90'000, "25 h"},
      {172'800, "2 d"},
      {198'720, "2.3 d"},
      {31'536'000, "365 d"},
      {97'761'600, "3.1 y"},
      {-240, "-4 min"}};
  for (const auto& [seconds, text] : cases) {
    EXPECT_EQ(format_duration(Seconds{seconds}), text);
  }
  EXPECT_EQ(format_duration(kForever), "forever");
}

TEST(FormatCount, ReadsAsAPersonWouldSayIt) {
  const std::vector<std::pair<double, std::string>> cases = {
      {0, "0"},
      {0.26, "0.3"},
      {3.4, "3.4"},
      {950, "950"},
      {999.7, "1 k"},
      {12'345, "12.3 k"},
      {1'234'567, "1.2 M"},
      {4.9e9, "4.9 G"},
      {-2e6, "-2 M"}};
  for (const auto& [count, text] : cases) {
    EXPECT_EQ(format_count(count), text);
  }
}

}  // namespace
}  // namespace outagesim

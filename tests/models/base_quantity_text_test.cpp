#include "models/base/quantity_text.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace outagesim {
namespace {

TEST(ParseSeconds, KnowsEveryUnit) {
  const std::vector<std::pair<const char*, double>> cases = {
      {"200 ms", 0.2},   {"30 s", 30},    {"5 min", 300},    {"2 h", 7200},
      {"1.5 d", 129600}, {"1 w", 604800}, {"1 y", 31536000}, {"-4 min", -240},
      {" 5min ", 300},   {"1e3 s", 1000}, {"0 s", 0}};
  for (const auto& [text, seconds] : cases) {
    const Parsed<Seconds> duration = parse_seconds(text);
    ASSERT_TRUE(duration) << duration.error;
    EXPECT_DOUBLE_EQ(duration->value, seconds) << text;
  }
}

TEST(ParseSeconds, SaysWhatItExpected) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"30", R"(found "30": the unit is missing)"},
      {"", R"(found "": it is empty)"},
      {"min", R"(found "min": it does not begin with a number)"},
      {"5 m", R"(found "5 m": there is no unit "m"; )"
              "use ms, s, min, h, d, w or y"},
      {"1,5 min", R"(found "1,5 min": the decimal mark is a point)"},
      {"nan s", R"(found "nan s": the number must be finite)"},
      {"inf s", R"(found "inf s": the number must be finite)"},
      {"1e308 h", R"(found "1e308 h": it is too large)"},
      {"1e308 s", R"(found "1e308 s": it is too large)"},
      {"1e999 s", R"(found "1e999 s": the number is out of range)"},
      {"5 min\x1b",
       "found \"5 min\\x1B\": there is no unit "
       "\"min\\x1B\"; use ms, s, min, h, d, w or y"}};
  for (const auto& [text, error] : cases) {
    EXPECT_EQ(parse_seconds(text).error,
              R"(expected a duration such as "30 s" or "5 min", )" +
                  std::string(error));
  }
}

TEST(ParseFraction, IsTheNearestDouble) {
  EXPECT_EQ(parse_fraction("99.95 %")->value, 0.9995);
  EXPECT_EQ(parse_fraction("150%")->value, 1.5);
  EXPECT_EQ(parse_fraction("20 ppm")->value, 20e-6);
  EXPECT_EQ(parse_fraction("0.5").error,
            R"(expected a share such as "99.95 %", found "0.5": )"
            "the unit is missing");
}

TEST(ParseProbability, LiesBetweenNoneAndAll) {
  EXPECT_EQ(parse_probability("0 %")->value, 0);
  EXPECT_EQ(parse_probability("100 %")->value, 1);
  EXPECT_EQ(parse_probability("101 %").error,
            R"(expected a share such as "99.95 %", found "101 %": )"
            "a probability lies between 0 % and 100 %");
  EXPECT_FALSE(parse_probability("-1 %"));
}

TEST(ParseRate, TakesASlashOrTheWordPer) {
  EXPECT_DOUBLE_EQ(parse_rate("200 /s")->value, 200);
  EXPECT_DOUBLE_EQ(parse_rate("200/s")->value, 200);
  EXPECT_DOUBLE_EQ(parse_rate("1.5e6 per s")->value, 1.5e6);
  EXPECT_DOUBLE_EQ(parse_rate("3.6 per day")->value, 3.6 / 86400);
  EXPECT_DOUBLE_EQ(parse_rate("2 per year")->value, 2 / 31536000.0);
}

TEST(ParseRate, SaysWhatItExpected) {
  EXPECT_EQ(parse_rate("200").error,
            R"(expected a rate such as "200 /s" or "3.6 per day", )"
            R"(found "200": the unit is missing)");
  EXPECT_EQ(parse_rate("200 s").error,
            R"(expected a rate such as "200 /s" or "3.6 per day", )"
            R"(found "200 s": there is no unit "s"; )"
            "use /s, /min, /h, /d, /w or /y");
  EXPECT_EQ(parse_rate("-1 /s").error,
            R"(expected a rate such as "200 /s" or "3.6 per day", )"
            R"(found "-1 /s": a rate is not negative)");
}

TEST(ParseMoney, KnowsThousandsAndMillions) {
  EXPECT_DOUBLE_EQ(parse_money("12 USD")->value, 12);
  EXPECT_DOUBLE_EQ(parse_money("3.5 kUSD")->value, 3500);
  EXPECT_DOUBLE_EQ(parse_money("1.2 MUSD")->value, 1.2e6);
  EXPECT_EQ(parse_money("12 EUR").error,
            R"(expected an amount such as "12 USD" or "3.5 kUSD", )"
            R"(found "12 EUR": there is no unit "EUR"; use USD, kUSD or MUSD)");
}

TEST(ParseNumber, RefusesAUnit) {
  EXPECT_EQ(*parse_number("-2e3"), -2000);
  EXPECT_EQ(parse_number("2 h").error,
            R"(expected a number such as "1.5", found "2 h": )"
            R"("h" follows the number)");
  EXPECT_EQ(parse_number("1e40").error,
            R"(expected a number such as "1.5", found "1e40": )"
            "it is too large");
}

}  // namespace
}  // namespace outagesim

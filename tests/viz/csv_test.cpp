#include "viz/csv.h"

#include <gtest/gtest.h>

#include <limits>

namespace outagesim {
namespace {

std::string row(auto... values) {
  std::string text;
  CsvWriter csv(text);
  (csv.field(values), ...);
  csv.end_row();
  return text;
}

TEST(Csv, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(row("plain", "a,b", "say \"no\"", "two\nlines"),
            "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n");
}

TEST(Csv, LeavesTheUndefinedEmpty) {
  EXPECT_EQ(row("", std::numeric_limits<double>::quiet_NaN(), "x"), ",,x\n");
}

TEST(Csv, WritesNumbersThatReadBackAsTheSame) {
  EXPECT_EQ(row(0.1, 1e300, 1.0 / 3, std::uint64_t{18446744073709551615U}, -0.5,
                std::numeric_limits<double>::infinity(), true),
            "0.1,1e+300,0.3333333333333333,18446744073709551615,-0.5,inf,1\n");
}

TEST(Csv, BeginsEachRowAnew) {
  std::string text;
  CsvWriter csv(text);
  csv.field("a").end_row();
  csv.field("b").field("c").end_row();
  EXPECT_EQ(text, "a\nb,c\n");
}

}  // namespace
}  // namespace outagesim

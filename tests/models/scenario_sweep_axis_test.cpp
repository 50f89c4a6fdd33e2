#include "models/scenario/sweep_axis.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/base/error.h"

namespace outagesim {
namespace {

using Values = std::vector<std::string>;

std::string complaint(const std::string& text) {
  try {
    parse_axis(text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(SweepAxis, IsAListOfValuesWithTheirUnits) {
  const SweepAxis axis = parse_axis("fault.f.ends=1 h, 2 h,4 h");
  EXPECT_EQ(axis.path, "fault.f.ends");
  EXPECT_EQ(axis.values, (Values{"1 h", "2 h", "4 h"}));
}

TEST(SweepAxis, MayListLaws) {
  EXPECT_EQ(
      parse_axis("x.y=lognormal(median 5 min, sigma 1),exponential(mean 1 h)")
          .values,
      (Values{"lognormal(median 5 min, sigma 1)", "exponential(mean 1 h)"}));
}

TEST(SweepAxis, IsARangeWithBothEnds) {
  EXPECT_EQ(parse_axis("x.y=5 min:20 min:4").values,
            (Values{"5 min", "10 min", "15 min", "20 min"}));
  EXPECT_EQ(parse_axis("x.y=0.1:0.3:3").values, (Values{"0.1", "0.2", "0.3"}));
  EXPECT_EQ(parse_axis("x.y=90 %:80 %:2").values, (Values{"90 %", "80 %"}));
}

TEST(SweepAxis, SaysWhatIsWrong) {
  EXPECT_EQ(complaint("x.y"),
            "--over \"x.y\": expected path=a,b,c or path=from:to:steps, for "
            "example \"scenario.horizon=24 h,48 h\"");
  EXPECT_EQ(complaint("x=1 h:20 min:3"),
            "--over \"x=1 h:20 min:3\": both ends need the same unit, found "
            "\"h\" and \"min\"");
  EXPECT_EQ(complaint("x=1:2:1"),
            "--over \"x=1:2:1\": expected a whole number of values from 2 to "
            "1000, found \"1\"");
  EXPECT_EQ(complaint("x=1,,2"),
            "--over \"x=1,,2\": a value is missing between two commas");
}

TEST(SweepGrid, HasEveryCombinationTheLastAxisFastest) {
  EXPECT_EQ(
      sweep_grid({{"a", {"1", "2"}}, {"b", {"x", "y"}}}),
      (std::vector<Values>{{"1", "x"}, {"1", "y"}, {"2", "x"}, {"2", "y"}}));
}

TEST(SweepGrid, RefusesAPathTwiceAndTooManyPoints) {
  EXPECT_THROW(sweep_grid({{"a", {"1"}}, {"a", {"2"}}}), UsageError);
  const Values many(40, "1");
  EXPECT_THROW(sweep_grid({{"a", many}, {"b", many}}), UsageError);
}

}  // namespace
}  // namespace outagesim

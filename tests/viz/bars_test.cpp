#include "viz/bars.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outagesim {
namespace {

TEST(Bar, FillsItsShareInEighths) {
  EXPECT_EQ(bar(1, 3), "███");
  EXPECT_EQ(bar(0.5, 1), "▌");
  EXPECT_EQ(bar(0, 3), "");
  EXPECT_EQ(bar(7, 1), "█");
}

TEST(Spark, GivesEachShareAColumnInEighths) {
  EXPECT_EQ(spark({0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1}),
            " ▁▂▃▄▅▆▇█");
  EXPECT_EQ(spark({}), "");
}

TEST(Spark, HidesNothingThatIsThere) {
  EXPECT_EQ(spark({1e-9, -1, 2, std::nan("")}), "▁ █ ");
}

}  // namespace
}  // namespace outagesim

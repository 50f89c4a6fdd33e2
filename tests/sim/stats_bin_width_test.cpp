// Quantiles whose interval is shorter than the bins of the histogram.
#include <cmath>

#include "sim/stats/quantiles.h"
#include "sim/stats/ranks.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

// 2,000 times between 1000 s and 1009 s: the interval of their median is 0.4 s
// wide, a bin 2 s.
Quantiles close_together(Stream& stream) {
  Quantiles quantiles;
  for (int i = 0; i < 2000; ++i) quantiles.add(1000 + 9 * stream.next());
  return quantiles;
}

Estimate told(const Quantiles& quantiles, double p) {
  return wide_as_its_bins(quantiles.quantile(p), quantiles.counts.min,
                          quantiles.counts.max);
}

TEST(CoverageStatistics, OfAMedianWithinABin) {
  const auto alone = [](Stream& stream) {
    return close_together(stream).quantile(0.5);
  };
  EXPECT_LT(coverage_of(1004.5, alone), 0.5);
  const auto wide = [](Stream& stream) {
    return told(close_together(stream), 0.5);
  };
  EXPECT_GE(coverage_of(1004.5, wide), 0.95 - coverage_error());
}

TEST(BinWidth, WidensWithinTheSample) {
  Quantiles one;
  for (int i = 0; i < 100; ++i) one.add(1001.3);
  EXPECT_EQ(told(one, 0.5).low, 1001.3);
  EXPECT_EQ(told(one, 0.5).high, 1001.3);
  one.add(1000);
  one.add(2000);
  EXPECT_EQ(told(one, 0.5).low, 1001);
  EXPECT_EQ(told(one, 0.5).high, 1003);
}

TEST(BinWidth, LeavesAWideIntervalAsItIs) {
  Quantiles quantiles;
  for (int i = 1; i <= 100; ++i) quantiles.add(i);
  EXPECT_EQ(told(quantiles, 0.5).low, 40);
  EXPECT_EQ(told(quantiles, 0.5).high, 61);
}

}  // namespace
}  // namespace outagesim

// A 95 % interval holds the truth in 95 % of experiments: every estimator. Of
// 10,000 those of means, rates, ratios, paired differences and places do too.
// Those of counts and ranks go in steps: 93.8 % (proportion) to 97.1 % (median
// of dependent times); the mean of censored dependent times holds 91.5 %.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/stats/paired.h"
#include "sim/stats/proportion.h"
#include "sim/stats/quantiles.h"
#include "sim/stats/rate.h"
#include "sim/stats/ratio.h"
#include "sim/stats/survival.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

TEST(CoverageStatistics, OfAMeanOfFewNormals) {
  expect_sharp_coverage(7, [](Stream& stream) {
    Mean mean;
    for (int i = 0; i < 5; ++i) mean.add(7 + 3 * normal(stream));
    return mean.estimate();
  });
}

TEST(CoverageStatistics, OfAMeanOfManyExponentials) {
  expect_sharp_coverage(1, [](Stream& stream) {
    Mean mean;
    for (int i = 0; i < 300; ++i) mean.add(exponential(stream));
    return mean.estimate();
  });
}

TEST(CoverageStatistics, OfAProportion) {
  expect_coverage(0.3, [](Stream& stream) {
    Proportion proportion;
    for (int i = 0; i < 120; ++i) proportion.add(stream.next() < 0.3);
    return proportion.estimate();
  });
}

TEST(CoverageStatistics, OfARate) {
  expect_sharp_coverage(0.25, [](Stream& stream) {
    Rate rate;
    for (int i = 0; i < 10; ++i) {
      const int count = poisson(0.25 * 20, stream);
      rate.add(static_cast<std::uint64_t>(count), Seconds{20});
    }
    return rate.estimate();
  });
}

// Counts are whole, and an exact interval is never too short for any rate: of
// three expected it covers 98.81 %, by the sum over counts [Garwood36].
TEST(CoverageStatistics, OfARateOfFewEvents) {
  constexpr double kExact = 0.9881;
  const double covered = coverage_of(3, [](Stream& stream) {
    Rate rate;
    rate.add(static_cast<std::uint64_t>(poisson(3, stream)), Seconds{1});
    return rate.estimate();
  });
  EXPECT_NEAR(covered, kExact,
              4 * std::sqrt(kExact * (1 - kExact) / kExperiments));
}

TEST(CoverageStatistics, OfASmallProportion) {
  expect_sharp_coverage(0.02, [](Stream& stream) {
    Proportion proportion;
    for (int i = 0; i < 100; ++i) proportion.add(stream.next() < 0.02);
    return proportion.estimate();
  });
}

// Trials of one replication that are all alike are worth one.
TEST(CoverageStatistics, OfAProportionOfDependentTrials) {
  expect_coverage(0.3, [](Stream& stream) {
    ClusteredProportion proportion;
    for (int i = 0; i < 120; ++i) {
      proportion.add(stream.next() < 0.3 ? 12 : 0, 12);
    }
    return proportion.estimate();
  });
}

TEST(CoverageStatistics, OfARatioOfOutageTimeToOutages) {
  expect_sharp_coverage(3, [](Stream& stream) {
    Ratio mttr;
    for (int replication = 0; replication < 150; ++replication) {
      const int outages = poisson(2, stream);
      double total = 0;
      for (int i = 0; i < outages; ++i) total += 3 * exponential(stream);
      mttr.add(total, outages);
    }
    return mttr.estimate();
  });
}

// Sixty replications of which four or so have an outage, as of a rare fault:
// of those experiments in which an interval can be told.
TEST(CoverageStatistics, OfARatioOfFewOutages) {
  int told = 0;
  int covered = 0;
  for (std::uint64_t i = 0; i < kExperiments; ++i) {
    Stream stream{StreamKey{.seed = 95, .replication = i}};
    Ratio mttr;
    for (int replication = 0; replication < 60; ++replication) {
      const bool out = stream.next() < 4 / 60.;
      mttr.add(out ? 3 * exponential(stream) : 0, out ? 1 : 0);
    }
    const Estimate estimate = mttr.log_estimate();
    EXPECT_EQ(std::isnan(estimate.high), mttr.told < 2);
    told += mttr.told < 2 ? 0 : 1;
    covered += estimate.low <= 3 && 3 <= estimate.high ? 1 : 0;
  }
  const double error = std::sqrt(0.95 * 0.05 / told);
  EXPECT_NEAR(covered / double(told), 0.95, 4 * error);
}

TEST(CoverageStatistics, OfAPairedDifference) {
  expect_sharp_coverage(-2, [](Stream& stream) {
    Paired paired;
    for (int i = 0; i < 30; ++i) {
      const double shared = 10 * normal(stream);
      paired.add(shared + normal(stream), shared - 2 + normal(stream));
    }
    return paired.estimate();
  });
}

Quantiles exponentials(int n, Stream& stream) {
  Quantiles quantiles;
  for (int i = 0; i < n; ++i) quantiles.add(exponential(stream));
  return quantiles;
}

TEST(CoverageStatistics, OfAMedian) {
  expect_coverage(std::log(2), [](Stream& stream) {
    return exponentials(400, stream).quantile(0.5);
  });
}

TEST(CoverageStatistics, OfANinetiethPercentile) {
  expect_sharp_coverage(std::log(10), [](Stream& stream) {
    return exponentials(400, stream).quantile(0.9);
  });
}

TEST(CoverageStatistics, OfThePlaceOfAnObservation) {
  expect_sharp_coverage(1 - std::exp(-1.3), [](Stream& stream) {
    return exponentials(200, stream).probability_below(1.3);
  });
}

TEST(CoverageStatistics, OfAMedianShare) {
  expect_coverage(0.5, [](Stream& stream) {
    UnitQuantiles quantiles;
    for (int i = 0; i < 200; ++i) quantiles.add(stream.next());
    return quantiles.quantile(0.5);
  });
}

// Exponential times watched for a uniform while: a third are censored.
Survival watched_times(Stream& stream) {
  Survival survival;
  for (int i = 0; i < 200; ++i) {
    const double time = exponential(stream);
    const double watched = 3 * stream.next();
    if (time <= watched) {
      survival.add_event(time);
    } else {
      survival.add_censored(watched);
    }
  }
  return survival;
}

TEST(CoverageStatistics, OfACensoredMedian) {
  expect_coverage(std::log(2), [](Stream& stream) {
    return watched_times(stream).quantile(0.5);
  });
}

TEST(CoverageStatistics, OfACensoredUpperQuartile) {
  expect_coverage(std::log(4), [](Stream& stream) {
    return watched_times(stream).quantile(0.75);
  });
}

TEST(CoverageStatistics, OfARestrictedMean) {
  expect_sharp_coverage(1 - std::exp(-1.5), [](Stream& stream) {
    return watched_times(stream).restricted_mean(1.5);
  });
}

// Outages of 60 replications, up to eight in each, that all share the better
// part of their logarithm: the standard deviation is 1, the correlation 0.8.
template <class Add>
void dependent_times(Stream& stream, Add add) {
  for (int replication = 0; replication < 60; ++replication) {
    const double shared = normal(stream);
    const int outages = 1 + static_cast<int>(8 * stream.next());
    std::vector<WatchedTime> times;
    for (int i = 0; i < outages; ++i) {
      const double log_time =
          std::sqrt(0.8) * shared + std::sqrt(0.2) * normal(stream);
      times.push_back({std::exp(log_time)});
    }
    add(times, stream);
  }
}

Survival dependent_outages(Stream& stream) {
  Survival survival;
  dependent_times(stream, [&](std::vector<WatchedTime> times, Stream&) {
    survival.add_cluster(times);
  });
  return survival;
}

// Watched for a uniform while, each time on its own or all of a replication
// alike: about a third are censored.
Survival dependent_censored(bool alike, Stream& stream) {
  Survival survival;
  dependent_times(stream, [&](std::vector<WatchedTime> times, Stream& s) {
    double watched = 6 * s.next();
    for (WatchedTime& one : times) {
      if (!alike) watched = 6 * s.next();
      one.censored = one.time > watched;
      one.time = std::min(one.time, watched);
    }
    survival.add_cluster(times);
  });
  return survival;
}

TEST(CoverageStatistics, OfAMedianOfDependentOutages) {
  expect_coverage(1, [](Stream& stream) {
    return dependent_outages(stream).quantile(0.5);
  });
}

TEST(CoverageStatistics, OfANinetiethPercentileOfDependentOutages) {
  expect_coverage(std::exp(1.2815515655446004), [](Stream& stream) {
    return dependent_outages(stream).quantile(0.9);
  });
}

// Of the logarithms: 60 replications are few for the mean of a skewed law.
TEST(CoverageStatistics, OfAMeanOfDependentTimes) {
  expect_sharp_coverage(10, [](Stream& stream) {
    Survival survival;
    dependent_times(stream, [&](std::vector<WatchedTime> times, Stream&) {
      for (WatchedTime& one : times) one.time = 10 + std::log(one.time);
      survival.add_cluster(times);
    });
    return survival.restricted_mean();
  });
}

TEST(CoverageStatistics, OfThePlaceOfAnObservationAmongDependentOutages) {
  expect_sharp_coverage(0.5, [](Stream& stream) {
    return dependent_outages(stream).probability_below(1);
  });
}

TEST(CoverageStatistics, OfAMedianOfDependentCensoredOutages) {
  for (const bool alike : {false, true}) {
    expect_coverage(1, [alike](Stream& stream) {
      return dependent_censored(alike, stream).quantile(0.5);
    });
  }
}

TEST(CoverageStatistics, OfAnUpperQuartileOfDependentCensoredOutages) {
  for (const bool alike : {false, true}) {
    expect_coverage(std::exp(0.6744897501960817), [alike](Stream& stream) {
      return dependent_censored(alike, stream).quantile(0.75);
    });
  }
}

// The mean of min(T, 3), T lognormal(0, 1): Phi(ln 3 - 1) e^(1/2) + 3 (1 -
// Phi(ln 3)).
TEST(CoverageStatistics, OfARestrictedMeanOfDependentCensoredOutages) {
  const auto phi = [](double x) { return std::erfc(-x / std::sqrt(2)) / 2; };
  const double truth =
      std::exp(0.5) * phi(std::log(3) - 1) + 3 * (1 - phi(std::log(3)));
  for (const bool alike : {false, true}) {
    expect_coverage(truth, [alike](Stream& stream) {
      return dependent_censored(alike, stream).restricted_mean(3);
    });
  }
}

TEST(CoverageStatistics, OfThePlaceOfAnObservationAmongCensoredTimes) {
  expect_sharp_coverage(1 - std::exp(-0.8), [](Stream& stream) {
    return watched_times(stream).probability_below(0.8);
  });
}

}  // namespace
}  // namespace outagesim

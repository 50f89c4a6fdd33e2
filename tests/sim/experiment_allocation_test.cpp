// The allocation of a budget among contenders, on outcomes made by a seeded
// law.
#include "sim/experiment/allocation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

constexpr std::size_t kContenders = 10;
constexpr std::uint64_t kTrials = 200;

// Ten strategies: a large luck that all share, a smaller one of their own, and
// means a twentieth of it apart. The best stands at a place that changes by
// trial.
struct Contest {
  std::uint64_t trial = 0;

  std::size_t best() const { return trial % kContenders; }
  double outcome(std::size_t contender, std::uint64_t replication) const {
    Stream shared{StreamKey{.seed = trial, .replication = replication}};
    Stream own{StreamKey{
        .seed = trial, .replication = replication, .entity = contender + 1}};
    const std::size_t rank = (contender + kContenders - best()) % kContenders;
    return 5 * normal(shared) + normal(own) + 0.05 * double(rank);
  }
  bool operator()(const std::vector<ReplicationOrder>& orders,
                  Outcomes& outcomes) const {
    for (const ReplicationOrder& order : orders) {
      for (std::uint64_t i = order.first; i < order.last; ++i) {
        outcomes[order.contender].push_back(outcome(order.contender, i));
      }
    }
    return true;
  }
};

// In how many of the trials the best is found with so many in all.
int found_by_budget(std::uint64_t budget) {
  int found = 0;
  for (std::uint64_t trial = 0; trial < kTrials; ++trial) {
    const Contest contest{trial};
    Outcomes outcomes;
    const AllocationResult result =
        allocate(kContenders, {.budget = budget}, contest, outcomes);
    EXPECT_LE(result.spent, budget);
    found += result.best == contest.best() ? 1 : 0;
  }
  return found;
}

int found_by_equal_shares(std::uint64_t budget) {
  int found = 0;
  for (std::uint64_t trial = 0; trial < kTrials; ++trial) {
    const Contest contest{trial};
    std::vector<ReplicationOrder> orders;
    for (std::size_t i = 0; i < kContenders; ++i) {
      orders.push_back({i, 0, budget / kContenders});
    }
    Outcomes outcomes(kContenders);
    contest(orders, outcomes);
    found += standings_of(outcomes).best == contest.best() ? 1 : 0;
  }
  return found;
}

// [Chen00]: equal shares need three times as many and more.
TEST(Allocation, FindsTheBestWithAThirdOfWhatEqualSharesNeed) {
  constexpr std::uint64_t kEqual = 15000;
  // So many are what equal shares need: with fewer they miss it more often.
  EXPECT_LT(found_by_equal_shares(kEqual * 3 / 4), 180);
  EXPECT_GE(found_by_budget(kEqual / 3), 180);
}

TEST(Allocation, GivesMostToThoseThatAreHardToTellApart) {
  Outcomes outcomes;
  const Contest contest{3};
  const AllocationResult result =
      allocate(kContenders, {.budget = 8000}, contest, outcomes);
  EXPECT_EQ(result.best, 3U);
  const auto n = [&](std::size_t rank) {
    return result.standings[(3 + rank) % kContenders].replications;
  };
  EXPECT_GT(n(0), 4 * n(5));
  EXPECT_GT(n(1), 4 * n(5));
  EXPECT_GT(n(1), n(2));
}

TEST(Allocation, SaysWhatEqualSharesWouldHaveCost) {
  Outcomes outcomes;
  const AllocationResult result =
      allocate(kContenders, {.budget = 8000}, Contest{3}, outcomes);
  EXPECT_GT(result.equal, 2 * result.spent);
  // With equal shares already, it is what they cost, up to rounding.
  Outcomes equal(kContenders);
  std::vector<ReplicationOrder> orders;
  for (std::size_t i = 0; i < kContenders; ++i) orders.push_back({i, 0, 500});
  Contest{3}(orders, equal);
  const AllocationResult same = standings_of(equal);
  EXPECT_NEAR(double(same.equal), double(same.spent), kContenders);
}

TEST(Allocation, StopsWhenTheBestIsKnown) {
  Outcomes outcomes;
  const AllocationResult result = allocate(
      kContenders, {.budget = 100000, .sure = 0.9}, Contest{5}, outcomes);
  EXPECT_GE(result.sure, 0.9);
  EXPECT_LT(result.spent, 40000U);
}

// Looks often, from few replications of a skewed law on: it must still be right
// as often as it says it is sure. Of 1,000 trials, less four standard errors.
TEST(AllocationStatistics, IsRightAsOftenAsItSays) {
  constexpr std::uint64_t kSeeds = 1000;
  constexpr double kSure = 0.9;
  std::uint64_t sure = 0, right = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const RunOrders run = [&](const std::vector<ReplicationOrder>& orders,
                              Outcomes& outcomes) {
      for (const ReplicationOrder& order : orders) {
        const double worse = order.contender == seed % 3 ? 0 : 0.3;
        for (std::uint64_t i = order.first; i < order.last; ++i) {
          Stream own{StreamKey{
              .seed = seed, .replication = i, .entity = order.contender + 1}};
          outcomes[order.contender].push_back(exponential(own) + worse);
        }
      }
      return true;
    };
    Outcomes outcomes;
    const AllocationResult result = allocate(
        3, {.budget = 1600, .sure = kSure, .first = 16}, run, outcomes);
    if (result.sure < kSure) continue;
    ++sure;
    right += result.best == seed % 3 ? 1 : 0;
  }
  ASSERT_GT(sure, kSeeds / 2);
  const double share = double(right) / double(sure);
  EXPECT_GE(share, kSure - 4 * std::sqrt(kSure * (1 - kSure) / double(sure)));
}

TEST(Allocation, OfEqualsNamesTheFirst) {
  const RunOrders run = [](const std::vector<ReplicationOrder>& orders,
                           Outcomes& outcomes) {
    for (const ReplicationOrder& order : orders) {
      const double worse = order.contender == 0 ? 1 : 0;
      for (std::uint64_t i = order.first; i < order.last; ++i) {
        outcomes[order.contender].push_back(double(i) + worse);
      }
    }
    return true;
  };
  Outcomes outcomes;
  const AllocationResult result = allocate(3, {.budget = 600}, run, outcomes);
  EXPECT_EQ(result.best, 1U);
  EXPECT_EQ(result.standings[2].behind, 0);
  EXPECT_EQ(result.sure, 1);
}

TEST(Allocation, KeepsWhatIsFinishedWhenStopped) {
  int rounds = 0;
  const Contest contest{1};
  const RunOrders run = [&](const std::vector<ReplicationOrder>& orders,
                            Outcomes& outcomes) {
    return ++rounds < 3 && contest(orders, outcomes);
  };
  Outcomes outcomes;
  const AllocationResult result =
      allocate(kContenders, {.budget = 8000}, run, outcomes);
  EXPECT_TRUE(result.partial);
  EXPECT_GT(result.spent, 0U);
}

}  // namespace
}  // namespace outagesim

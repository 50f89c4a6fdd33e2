// Strategies together: their order, their price, and which go together.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/base/error.h"
#include "models/scenario/what_if.h"
#include "tests/models/strategy_fixture.h"

namespace outagesim {
namespace {

constexpr std::string_view kThree = R"toml(
[strategy.a]
why = "A"
price = { once = "1 MUSD" }
set = { "service.cache.head_room" = "10 %" }
[strategy.b]
why = "B"
price = { once = "2 MUSD", per_year = "1 kUSD" }
set = { "service.cache.head_room" = "20 %" }
[strategy.both]
why = "both"
combines = ["a", "b"]
[strategy.cheaper]
why = "both at once"
price = { once = "2.5 MUSD" }
combines = ["b", "a"]
)toml";

TEST(Strategy, CombinesInOrderAtTheSumOfThePrices) {
  const StrategySet set = load_set(kThree, {"both", "cheaper"});
  ASSERT_EQ(set.strategies.size(), 2u);
  EXPECT_EQ(service(first(set), "cache").head_room.value, 0.2);
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 3e6);
  EXPECT_EQ(set.strategies[0].strategy.price_per_year.value, 1e3);
  const StrategyScenario& cheaper = set.strategies[1];
  EXPECT_EQ(service(cheaper.scenario, "cache").head_room.value, 0.1);
  EXPECT_EQ(cheaper.strategy.price_once.value, 2.5e6);
}

TEST(Strategy, IsCombinedForTheOccasion) {
  const StrategySet set = load_set(kThree, {"b + a", "a"});
  EXPECT_EQ(set.strategies.at(0).strategy.name, "b + a");
  EXPECT_EQ(set.strategies[0].strategy.why, "B; A");
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 3e6);
  EXPECT_EQ(set.strategies[0].strategy.combines,
            (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(service(first(set), "cache").head_room.value, 0.1);
  EXPECT_EQ(set.strategies.at(1).strategy.name, "a");
}

TEST(Strategy, IsPaidOnceHoweverOftenItIsCombined) {
  const StrategySet set = load_set(kThree, {"a + both"});
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 3e6);
}

// What a price says: nothing is free that does not say so.
constexpr std::string_view kPrices = R"toml(
[strategy.paid]
why = "A"
price = { per_year = "1 kUSD" }
[strategy.free]
why = "B"
price = { once = "0 USD" }
[strategy.unknown]
why = "C"
[strategy.partly]
why = "both"
combines = ["paid", "unknown"]
[strategy.wholly]
why = "both"
price = { once = "3 kUSD" }
combines = ["paid", "unknown"]
)toml";

TEST(Strategy, WithoutAPriceIsNotFree) {
  const StrategySet set =
      load_set(kPrices, {"paid", "free", "unknown", "partly", "wholly",
                         "paid + free", "free + unknown", "wholly + free"});
  std::vector<bool> priced;
  for (const StrategyScenario& one : set.strategies) {
    priced.push_back(one.strategy.priced);
  }
  EXPECT_EQ(priced, (std::vector<bool>{true, true, false, false, true, true,
                                       false, true}));
}

TEST(Strategy, MadeOfAQuestionHasNoPrice) {
  const StrategySet set = load_set(kPrices);
  EXPECT_FALSE(what_if(set.baseline, "remove:cache").strategy.priced);
}

TEST(Strategy, ComesAfterTheSettingsOfTheCommandLine) {
  const StrategySet set = load_set(
      kThree, {"a"},
      {{"service.cache.head_room=\"5 %\"", "strategy.a.price.once=\"7 USD\""}});
  EXPECT_EQ(service(set.baseline, "cache").head_room.value, 0.05);
  EXPECT_EQ(service(first(set), "cache").head_room.value, 0.1);
  EXPECT_EQ(set.strategies[0].strategy.price_once.value, 7);
}

TEST(Strategy, OfAnUnknownNameIsTold) {
  try {
    load_set(kThree, {"a + bth"});
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(),
                 "no strategy is named \"bth\"; did you mean "
                 "\"both\"?");
  }
}

TEST(Combinations, AreListedSmallerOnesFirst) {
  EXPECT_EQ(combine({"a", "b", "c"}, 3),
            (std::vector<std::string>{"a + b", "a + c", "b + c", "a + b + c"}));
  EXPECT_TRUE(combine({"a"}, 2).empty());
}

// [strategy.s0] … that all change the same thing.
std::string many_strategies(int n) {
  std::string text;
  for (int i = 0; i < n; ++i) {
    text += "[strategy.s" + std::to_string(i) +
            "]\nwhy = \"to be many\"\nset.\"fault.power.ends\" = \"" +
            std::to_string(i + 1) + " h\"\n";
  }
  return text;
}

TEST(Strategy, IsCombinedWithOthersUpToASize) {
  const std::string path = path_of_test(many_strategies(5));
  const StrategySet set = load_with_combinations(path, {}, {{}, 3});
  EXPECT_EQ(set.strategies.size(), 5U + 10 + 10);
  EXPECT_EQ(set.strategies.back().strategy.name, "s2 + s3 + s4");
  EXPECT_EQ(set.left_out, std::vector<std::string>{});
}

TEST(Strategy, IsCombinedAtMostSoOften) {
  const std::string path = path_of_test(many_strategies(12));
  EXPECT_EQ(load_with_combinations(path, {}, {{}, 2}).strategies.size(), 78U);
  try {
    load_with_combinations(path, {}, {{}, 3});
    FAIL() << "nothing was refused";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(),
                 "these are more than 79 strategies and combinations; combine "
                 "fewer at a time, or name fewer");
  }
}

TEST(Strategy, ThatContradictsAnotherIsNotCombinedWithIt) {
  const std::string path = path_of_test(
      "[strategy.less]\nwhy = \"x\"\nremove = \"service.shop.needs.cache\"\n"
      "[strategy.soft]\nwhy = \"x\"\nset.\"service.shop.needs.cache.kind\" = "
      "\"soft\"\n[strategy.short]\nwhy = \"x\"\nset.\"fault.power.ends\" = "
      "\"30 min\"\n");
  const StrategySet set = load_with_combinations(path, {}, {{}, 2});
  EXPECT_EQ(set.strategies.size(), 5U);
  EXPECT_EQ(set.left_out, std::vector<std::string>{"less + soft"});
}

}  // namespace
}  // namespace outagesim

#include "sim/experiment/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/experiment/blocks.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;

TEST(Ledger, WritesTextInTheOrderOfTheRuns) {
  std::string written;
  const auto take = [&](std::string_view text) {
    written += text;
    return true;
  };
  Ledger ledger(0, {take}, false);
  ledger.put({{32, 48}, {"c"}}, {});
  ledger.put({{0, 16}, {"a"}}, {});
  EXPECT_EQ(written, "a");
  ledger.put({{16, 32}, {"b"}}, {});
  EXPECT_EQ(written, "abc");
}

TEST(Ledger, MakesNeighboursOneAndKnowsWhatIsMissing) {
  Ledger ledger(10, {{}}, true);
  ledger.put({{30, 40}, {"d"}}, {});
  ledger.put({{16, 20}, {"b"}}, {});
  ledger.put({{10, 16}, {"a"}}, {});
  EXPECT_THAT(ledger.pieces(), ElementsAre(FinishedRuns{{10, 20}, {"ab"}},
                                           FinishedRuns{{30, 40}, {"d"}}));
  EXPECT_THAT(ledger.gaps(50), ElementsAre(RunRange{20, 30}, RunRange{40, 50}));
  EXPECT_THAT(ledger.gaps(25), ElementsAre(RunRange{20, 25}));
  EXPECT_EQ(ledger.finished(), 20);
  ledger.put({{20, 30}, {"c"}}, {});
  EXPECT_THAT(ledger.pieces(), ElementsAre(FinishedRuns{{10, 40}, {"abcd"}}));
}

TEST(Ledger, WritesBeyondAGapOnceAllHasEnded) {
  std::string written;
  const auto take = [&](std::string_view text) {
    written += text;
    return true;
  };
  Ledger ledger(0, {take}, true);
  ledger.put({{0, 16}, {"a"}}, {});
  ledger.put({{32, 48}, {"c"}}, {});
  ledger.finish();
  EXPECT_EQ(written, "ac");
}

TEST(Ledger, RemembersThatAWriteWasRefused) {
  int asked = 0;
  Ledger ledger(0, {[&](std::string_view) { return ++asked > 5; }}, false);
  EXPECT_FALSE(ledger.put({{0, 16}, {"a"}}, {}));
  EXPECT_FALSE(ledger.put({{16, 32}, {"b"}}, {}));
  EXPECT_EQ(asked, 1);
}

TEST(Ledger, KeepsThreadsInStepWithoutBlockingThem) {
  std::uint64_t next = 0;
  bool in_order = true;
  const auto take = [&](std::string_view text) {
    for (const char c : text)
      in_order = in_order && c == char('a' + next++ % 7);
    return true;
  };
  Ledger ledger(0, {take}, false);
  run_blocks({0, 2000 * kBlockSize, 4, {}}, [&](unsigned, const Block& block) {
    ledger.put({{block.first, block.last},
                {std::string(1, char('a' + block.number % 7))}},
               block.stop);
  });
  EXPECT_TRUE(in_order);
  EXPECT_EQ(next, 2000);
}

}  // namespace
}  // namespace outagesim

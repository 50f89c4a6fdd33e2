#include "sim/experiment/blocks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace outagesim {
namespace {

TEST(Blocks, CoverTheRangeOnceWithAnyNumberOfThreads) {
  for (const unsigned threads : {1U, 2U, 8U}) {
    std::vector<std::atomic<int>> visits(1000);
    const std::uint64_t done =
        run_blocks({0, 1000, threads, {}}, [&](unsigned, const Block& block) {
          for (std::uint64_t i = block.first; i < block.last; ++i) ++visits[i];
        });
    EXPECT_EQ(done, 1000);
    for (const auto& n : visits) EXPECT_EQ(n, 1);
  }
}

TEST(Blocks, LeaveAPrefixWhenStopped) {
  std::stop_source stop;
  std::vector<std::atomic<int>> visits(10'000);
  const std::uint64_t done = run_blocks(
      {0, 10'000, 4, stop.get_token()}, [&](unsigned, const Block& block) {
        for (std::uint64_t i = block.first; i < block.last; ++i) ++visits[i];
        if (block.number == 20) stop.request_stop();
      });
  EXPECT_LT(done, 10'000);
  for (std::uint64_t i = 0; i < visits.size(); ++i) {
    EXPECT_EQ(visits[i], i < done ? 1 : 0);
  }
}

TEST(Blocks, PassOnWhatAThreadThrows) {
  const auto work = [](unsigned, const Block& block) {
    if (block.number == 3) throw std::runtime_error("three");
  };
  EXPECT_THROW(run_blocks({0, 100'000, 4, {}}, work), std::runtime_error);
}

TEST(Blocks, NeedNoMoreThreadsThanThereAreBlocks) {
  EXPECT_EQ(thread_count(8, 1), 1);
  EXPECT_EQ(thread_count(8, 17), 2);
  EXPECT_EQ(thread_count(3, 100'000), 3);
  EXPECT_GE(thread_count(0, 100'000), 1);
}

TEST(Blocks, MayBeginWithinABlock) {
  std::vector<std::atomic<int>> visits(100);
  run_blocks({21, 75, 2, {}}, [&](unsigned, const Block& block) {
    for (std::uint64_t i = block.first; i < block.last; ++i) ++visits[i];
  });
  for (std::uint64_t i = 0; i < visits.size(); ++i) {
    EXPECT_EQ(visits[i], i >= 21 && i < 75 ? 1 : 0);
  }
}

}  // namespace
}  // namespace outagesim

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

TEST(InOrder, WritesBlocksInTheirOrder) {
  std::string written;
  InOrder order([&](std::string_view text) {
    written += text;
    return true;
  });
  order.put(2, "c", {});
  order.put(0, "a", {});
  EXPECT_EQ(written, "a");
  order.put(1, "b", {});
  EXPECT_EQ(written, "abc");
}

TEST(InOrder, RemembersThatAWriteWasRefused) {
  int asked = 0;
  InOrder order([&](std::string_view) { return ++asked > 5; });
  EXPECT_FALSE(order.put(0, "a", {}));
  EXPECT_FALSE(order.put(1, "b", {}));
  EXPECT_EQ(asked, 1);
}

TEST(InOrder, KeepsThreadsInStepWithoutBlockingThem) {
  std::uint64_t next = 0;
  bool in_order = true;
  InOrder order([&](std::string_view text) {
    in_order = in_order && text == std::to_string(next++);
    return true;
  });
  run_blocks({0, 2000 * kBlockSize, 4, {}}, [&](unsigned, const Block& block) {
    order.put(block.number, std::to_string(block.number), block.stop);
  });
  EXPECT_TRUE(in_order);
  EXPECT_EQ(next, 2000);
}

}  // namespace
}  // namespace outagesim

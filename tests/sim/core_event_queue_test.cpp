#include "sim/core/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

#include "sim/core/random.h"

namespace outagesim {
namespace {

using Queue = EventQueue<int>;

std::vector<int> drain(Queue& queue) {
  std::vector<int> payloads;
  while (!queue.empty()) payloads.push_back(queue.pop().payload);
  return payloads;
}

TEST(EventQueue, PopsInOrderOfTime) {
  Queue queue;
  queue.push(Seconds{3}, 0, 3);
  queue.push(Seconds{1}, 0, 1);
  queue.push(Seconds{2}, 0, 2);
  EXPECT_EQ(queue.next_time(), Seconds{1});
  EXPECT_EQ(drain(queue), (std::vector{1, 2, 3}));
}

TEST(EventQueue, AtEqualTimesLowerRankThenEarlierPushComesFirst) {
  Queue queue;
  queue.push(Seconds{5}, 9, 1);
  queue.push(Seconds{5}, 2, 2);
  queue.push(Seconds{5}, 9, 3);
  queue.push(Seconds{5}, 2, 4);
  queue.push(Seconds{5}, 255, 5);
  EXPECT_EQ(drain(queue), (std::vector{2, 4, 1, 3, 5}));
}

TEST(EventQueue, NegativeZeroIsZero) {
  Queue queue;
  queue.push(Seconds{0.0}, 1, 1);
  queue.push(Seconds{-0.0}, 0, 2);
  queue.push(Seconds{std::numeric_limits<double>::denorm_min()}, 0, 3);
  EXPECT_EQ(drain(queue), (std::vector{2, 1, 3}));
}

TEST(EventQueue, ReturnsTimeAndRankAsPushed) {
  Queue queue;
  queue.push(Seconds{0.1}, 200, 7);
  const Queue::Event event = queue.pop();
  EXPECT_EQ(event.time, Seconds{0.1});
  EXPECT_EQ(event.rank, 200);
  EXPECT_EQ(event.payload, 7);
}

TEST(EventQueue, ClearForgetsEventsAndRestartsTheSequence) {
  Queue queue;
  for (int i = 0; i < 10; ++i) queue.push(Seconds{1}, 0, i);
  queue.clear();
  EXPECT_TRUE(queue.empty());
  queue.push(Seconds{1}, 0, 1);
  queue.push(Seconds{1}, 0, 2);
  EXPECT_EQ(queue.size(), 2u);
  EXPECT_EQ(drain(queue), (std::vector{1, 2}));
}

TEST(EventQueue, AgreesWithAStableSort) {
  struct Pushed {
    double time;
    std::uint8_t rank;
    int payload;
  };
  Stream stream{StreamKey{1, 0, 0, 0}};
  for (int n = 0; n < 300; ++n) {
    std::vector<Pushed> pushed;
    Queue queue;
    for (int i = 0; i < n; ++i) {
      const double time = static_cast<double>(stream.next_bits() % 16) / 3;
      const auto rank = static_cast<std::uint8_t>(stream.next_bits() % 3);
      pushed.push_back({time, rank, i});
      queue.push(Seconds{time}, rank, i);
    }
    std::ranges::stable_sort(
        pushed, {}, [](const Pushed& p) { return std::tuple(p.time, p.rank); });
    std::vector<int> expected;
    expected.reserve(pushed.size());
    for (const Pushed& p : pushed) expected.push_back(p.payload);
    ASSERT_EQ(drain(queue), expected) << n;
  }
}

TEST(EventQueue, StaysOrderedWhilePushesAndPopsMix) {
  Stream stream{StreamKey{2, 0, 0, 0}};
  Queue queue;
  for (int i = 0; i < 500; ++i) queue.push(Seconds{stream.next()}, 0, i);
  double now = 0;
  for (int i = 0; i < 20'000; ++i) {
    const double time = queue.pop().time.value;
    ASSERT_GE(time, now);
    now = time;
    queue.push(Seconds{now + stream.next()}, 0, i);
  }
  EXPECT_EQ(queue.size(), 500u);
}

#ifndef NDEBUG
TEST(EventQueueDeathTest, RefusesATimeThatNeverComes) {
  Queue queue;
  EXPECT_DEATH(queue.push(kForever, 0, 1), "finite, non-negative");
  EXPECT_DEATH(queue.push(Seconds{-1}, 0, 1), "finite, non-negative");
}
#endif

}  // namespace
}  // namespace outagesim

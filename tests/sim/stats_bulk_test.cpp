// What is summed in bulk is, to the last bit, what is summed one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/stats/survival.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

TEST(ExactSum, AddsInBulkWhatItAddsOneByOne) {
  Stream stream{StreamKey{.seed = 3}};
  ExactSum sum, squares, sum_in_bulk, squares_in_bulk;
  std::vector<double> numbers;
  for (int i = 0; i < 20'000; ++i) {
    // Short and long ones, far too fine and far too large ones, negative ones.
    double x = std::exp(60 * stream.next() - 30) * (stream.next() - 0.1);
    if (i % 2 == 0) x = std::ceil(x * 1024) / 1024;
    if (i % 97 == 0) x = 0x1p23 - 0x1p-28 * (i % 5);
    sum.add(x);
    squares.add_product(x, x);
    numbers.push_back(x);
  }
  add_in_bulk(numbers, sum_in_bulk, squares_in_bulk);
  EXPECT_EQ(sum_in_bulk, sum);
  EXPECT_EQ(squares_in_bulk, squares);
}

TEST(ExactSum, AddsWholeUnits) {
  ExactSum sum;
  const ExactSum::Units two_to_100 = ExactSum::Units{1} << 100;
  sum.add_units(two_to_100 * 3 + 5, -40);
  ExactSum known;
  known.add(3 * 0x1p60);
  known.add(5 * 0x1p-40);
  EXPECT_EQ(sum, known);
  sum.add_units(~ExactSum::Units{0}, -1074);  // every bit is set
  for (int bit = 0; bit < 128; ++bit) known.add(std::ldexp(1, bit - 1074));
  EXPECT_EQ(sum, known);
}

// Survival::add_cluster as its definition has it, time by time.
void add_slowly(std::vector<WatchedTime> times, Survival& to) {
  std::ranges::sort(times, [](const WatchedTime& a, const WatchedTime& b) {
    return a.time != b.time ? a.time < b.time : a.censored < b.censored;
  });
  ExactSum total;
  for (const WatchedTime& one : times) {
    total.add(one.time);
    (one.censored ? to.censored_counts : to.event_counts).add(one.time);
    if (one.censored) to.squares.add_product(one.time, one.time);
    if (!one.censored) to.events.add(one.time);
  }
  to.watched.add(total.value(), static_cast<double>(times.size()));
  to.pairs.add(times);
}

TEST(Survival, AddsAClusterAsItsTimesOneByOne) {
  Stream stream{StreamKey{.seed = 4}};
  Survival quick, slow;
  for (int cluster = 0; cluster < 400; ++cluster) {
    std::vector<WatchedTime> times;
    const int most = cluster % 4 == 0 ? 300 : 12;
    const int n = static_cast<int>(most * stream.next());
    const double censored = cluster % 3 == 0 ? 0 : stream.next();
    for (int i = 0; i < n; ++i) {
      times.push_back(
          {std::exp(24 * stream.next() - 8), stream.next() < censored});
      if (cluster % 5 == 0 && i > 0) times.back().time = times.front().time;
      if (cluster % 50 == 1) times.back().time -= 1;  // some below 0
      if (cluster % 7 == 0) times.back().censored = i < cluster % 6;
      if (cluster % 14 == 0) times.back().time = std::ceil(times.back().time);
      if (cluster % 21 == 0) times.back().time = 100 + stream.next();  // 3 bins
    }
    if (times.empty()) continue;
    add_slowly(times, slow);
    quick.add_cluster(times);
    ASSERT_EQ(quick, slow) << "cluster " << cluster;
  }
}

}  // namespace
}  // namespace outagesim

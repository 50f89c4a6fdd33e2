#include "sim/stats/sort_times.h"

#include <algorithm>
#include <array>

namespace outagesim {
namespace {

bool comes_before(const WatchedTime& a, const WatchedTime& b) {
  return a.time != b.time ? a.time < b.time : a.censored < b.censored;
}

// Puts times > 0 into the order of their octaves' sixteenths or so.
constexpr std::size_t kMostSpread = 256;
void spread(std::span<WatchedTime> times) {
  constexpr std::int32_t kBuckets = 256;
  std::array<std::int32_t, kMostSpread> bins{};
  std::array<double, kMostSpread> held{};
  std::array<bool, kMostSpread> censored{};
  std::int32_t low = bin_of(times.front().time), high = low;
  for (std::size_t i = 0; i < times.size(); ++i) {
    bins[i] = bin_of(times[i].time);
    held[i] = times[i].time;
    censored[i] = times[i].censored;
    low = std::min(low, bins[i]);
    high = std::max(high, bins[i]);
  }
  int shift = 0;
  while ((high - low) >> shift >= kBuckets) ++shift;
  std::array<std::uint32_t, kBuckets + 1> first{};
  const auto bucket = [&](std::size_t i) {
    return static_cast<std::size_t>((bins[i] - low) >> shift);
  };
  for (std::size_t i = 0; i < times.size(); ++i) ++first[bucket(i) + 1];
  for (std::size_t b = 0; b < kBuckets; ++b) first[b + 1] += first[b];
  for (std::size_t i = 0; i < times.size(); ++i) {
    times[first[bucket(i)]++] = {held[i], censored[i]};
  }
}

}  // namespace

void sort_times(std::span<WatchedTime> times) {
  const bool spreads = times.size() > 16 && times.size() <= kMostSpread &&
                       std::ranges::all_of(times, [](const WatchedTime& one) {
                         return one.time > 0;
                       });
  if (!spreads) {
    std::ranges::sort(times, comes_before);
    return;
  }
  spread(times);
  for (std::size_t i = 1; i < times.size(); ++i) {
    const WatchedTime one = times[i];
    std::size_t at = i;
    for (; at > 0 && comes_before(one, times[at - 1]); --at) {
      times[at] = times[at - 1];
    }
    times[at] = one;
  }
}

}  // namespace outagesim

#include "sim/stats/binned_counts.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <iterator>
#include <numeric>

namespace outagesim {
namespace {

// A bin's centre keeps the exponent and the first eight fraction bits.
constexpr std::int32_t kBinsPerOctave = 256;
constexpr int kDroppedBits = 44;
constexpr std::uint64_t kLowest =
    std::bit_cast<std::uint64_t>(0x1p-30) >> kDroppedBits;

double centre_of(std::int32_t bin) {
  return std::bit_cast<double>((static_cast<std::uint64_t>(bin) + kLowest)
                               << kDroppedBits);
}

}  // namespace

void MagnitudeCounts::add(std::int32_t bin, std::uint64_t count) {
  const std::int32_t octave = bin / kBinsPerOctave * kBinsPerOctave;
  if (counts.empty()) first = octave;
  if (octave < first) {
    counts.insert(counts.begin(), static_cast<std::size_t>(first - octave), 0);
    first = octave;
  }
  const auto needed = static_cast<std::size_t>(octave - first) + kBinsPerOctave;
  if (counts.size() < needed) counts.resize(needed);
  counts[static_cast<std::size_t>(bin - first)] += count;
}

BinRow MagnitudeCounts::between(std::int32_t low, std::int32_t high) {
  if (low < first || high >= first + std::ssize(counts)) {
    add(low, 0);
    add(high, 0);
  }
  return {counts.data(), first};
}

void MagnitudeCounts::merge(const MagnitudeCounts& other) {
  if (other.counts.empty()) return;
  // Makes room for both ends at once.
  add(other.first, 0);
  add(other.first + static_cast<std::int32_t>(other.counts.size()) - 1, 0);
  const auto offset = static_cast<std::size_t>(other.first - first);
  for (std::size_t i = 0; i < other.counts.size(); ++i) {
    counts[offset + i] += other.counts[i];
  }
}

std::uint64_t MagnitudeCounts::count_from(std::int32_t bin) const {
  const auto skipped =
      std::clamp<std::ptrdiff_t>(bin - first, 0, std::ssize(counts));
  return std::accumulate(counts.begin() + skipped, counts.end(),
                         std::uint64_t{0});
}

void BinnedCounts::add(double x, std::uint64_t count) {
  assert(std::isfinite(x) && "only finite numbers have a bin");
  if (count == 0) return;
  n += count;
  min = std::min(min, x + 0.0);
  max = std::max(max, x + 0.0);
  if (x > 0) {
    positive.add(bin_of(x), count);
  } else if (x < 0) {
    negative.add(bin_of(-x), count);
  } else {
    zeros += count;
  }
}

BinRow BinnedCounts::expect(double least, double greatest,
                            std::uint64_t count) {
  n += count;
  min = std::min(min, least);
  max = std::max(max, greatest);
  return positive.between(bin_of(least), bin_of(greatest));
}

void BinnedCounts::merge(const BinnedCounts& other) {
  n += other.n;
  zeros += other.zeros;
  positive.merge(other.positive);
  negative.merge(other.negative);
  min = std::min(min, other.min);
  max = std::max(max, other.max);
}

double BinnedCounts::told(double x) const {
  if (x == 0 || !(x >= min && x <= max)) return x;
  const double centre = std::copysign(centre_of(bin_of(std::abs(x))), x);
  return std::clamp(centre, min, max);
}

std::uint64_t BinnedCounts::count_upto(double t) const {
  if (t < 0) return negative.count_from(bin_of(-t));
  const std::uint64_t below = negative.count_from(0);
  if (t == 0) return below + zeros;
  return below + zeros + positive.total() - positive.count_from(bin_of(t) + 1);
}

std::vector<BinCount> BinnedCounts::ascending() const {
  std::vector<BinCount> bins;
  const auto append = [&](double centre, std::uint64_t count) {
    if (count > 0) bins.push_back({std::clamp(centre, min, max), count});
  };
  for (std::size_t i = negative.counts.size(); i-- > 0;) {
    append(-centre_of(negative.first + static_cast<std::int32_t>(i)),
           negative.counts[i]);
  }
  append(0, zeros);
  for (std::size_t i = 0; i < positive.counts.size(); ++i) {
    append(centre_of(positive.first + static_cast<std::int32_t>(i)),
           positive.counts[i]);
  }
  return bins;
}

}  // namespace outagesim

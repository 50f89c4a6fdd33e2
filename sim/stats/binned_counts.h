// A histogram whose bins keep a relative error of 0.2 %: integer counts, so
// merges are exact in any order. A bin is centred on a number of nine
// significant bits: 0, integers up to 512 and multiples of 60 up to 30720 are
// told exactly. Least and greatest are exact. Both signs; magnitudes outside
// [2^-30, 2^50] (1e-9 to 1e15) fall into the end bins. Memory: 2 kB for each
// power of two between the smallest and the largest magnitude seen.
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>
#include <vector>

#include "sim/stats/estimate.h"

namespace outagesim {

// `count` observations told as `value`.
struct BinCount {
  double value = 0;
  std::uint64_t count = 0;
  friend bool operator==(const BinCount&, const BinCount&) = default;
};

// The bin of a positive number, from 0.
inline std::int32_t bin_of(double magnitude) {
  constexpr int kDroppedBits = 44;  // kept: exponent and eight fraction bits
  constexpr std::uint64_t kLowest =
      std::bit_cast<std::uint64_t>(0x1p-30) >> kDroppedBits;
  constexpr std::uint64_t kHighest = kLowest + 80 * 256;
  constexpr std::uint64_t kHalf = std::uint64_t{1} << (kDroppedBits - 1);
  const std::uint64_t rounded =
      (std::bit_cast<std::uint64_t>(magnitude) + kHalf) >> kDroppedBits;
  if (rounded <= kLowest) return 0;
  return static_cast<std::int32_t>((rounded < kHighest ? rounded : kHighest) -
                                   kLowest);
}

// Counts to be added to, by bin. Precondition of []: counts are there.
struct BinRow {
  std::uint64_t* counts = nullptr;
  std::int32_t first = 0;

  std::uint64_t& operator[](std::int32_t bin) const {
    assert(counts != nullptr);
    return counts[bin - first];
  }
};

// Counts of positive numbers, for the octaves between the ends seen.
struct MagnitudeCounts {
  std::int32_t first = 0;  // bin of counts[0]; a multiple of 256
  std::vector<std::uint64_t> counts;

  void add(std::int32_t bin, std::uint64_t count);
  // Makes room from bin `low` to `high`.
  BinRow between(std::int32_t low, std::int32_t high);
  void merge(const MagnitudeCounts& other);
  // In this bin and all above. O(bins).
  std::uint64_t count_from(std::int32_t bin) const;
  std::uint64_t total() const { return count_from(0); }

  template <class Archive>
  void visit(Archive& archive) {
    archive(first, counts);
  }
  friend bool operator==(const MagnitudeCounts&,
                         const MagnitudeCounts&) = default;
};

struct BinnedCounts {
  std::uint64_t n = 0;
  std::uint64_t zeros = 0;
  MagnitudeCounts positive, negative;
  double min = kUnbounded;  // of all observations; infinite while n = 0
  double max = -kUnbounded;

  // Precondition: x is finite. About 4 ns. `count` times; nothing if 0.
  void add(double x, std::uint64_t count = 1);
  // Announces `count` observations in all, from least to greatest, both > 0;
  // returns where the caller is to count them.
  BinRow expect(double least, double greatest, std::uint64_t count);
  void merge(const BinnedCounts& other);

  // The number as which the bin of x is told: x outside [min, max].
  double told(double x) const;

  // Observations up to the end of the bin of t. O(bins).
  std::uint64_t count_upto(double t) const;

  // The bins in use from least to greatest. O(bins).
  std::vector<BinCount> ascending() const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(n, zeros, positive, negative, min, max);
  }
  friend bool operator==(const BinnedCounts&, const BinnedCounts&) = default;
};

}  // namespace outagesim

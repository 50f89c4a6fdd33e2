// Streaming quantiles: of any finite number to 0.2 % (`Quantiles`), and of a
// share in [0, 1] to half a percentage point at a tenth of the memory
// (`UnitQuantiles`, for bands over many instants).
#pragma once

#include <array>
#include <cstdint>

#include "sim/stats/binned_counts.h"

namespace outagesim {

struct Quantiles {
  BinnedCounts counts;

  void add(double x) { counts.add(x); }
  void merge(const Quantiles& other) { counts.merge(other.counts); }

  // Precondition: 0 < p < 1. Undefined while empty. An interval end the sample
  // is too small to give is infinite.
  Estimate quantile(double p, double level = kConfidence) const;
  // Where x stands in the sample: share below, ties (its bin) counting half.
  Estimate probability_below(double x, double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(counts);
  }
  friend bool operator==(const Quantiles&, const Quantiles&) = default;
};

// Bins are centred on multiples of 0.005; exactly 0 and exactly 1 have a bin of
// their own. 812 bytes, up to 2^32 - 1 observations.
struct UnitQuantiles {
  static constexpr std::size_t kSteps = 200;

  std::array<std::uint32_t, kSteps + 1> counts{};
  std::uint64_t units = 0;  // the sum in units of 2^-32, each term rounded

  // Precondition: 0 <= x <= 1.
  void add(double x);
  // As add(1), `times` over; taken back where it is negative. In between a
  // count may be below what it is in the end, modulo 2^32.
  void add_ones(std::int64_t times);
  void merge(const UnitQuantiles& other);

  std::uint64_t n() const;  // O(bins)
  double mean() const;      // NaN while empty
  // quantile(p).value, without the interval, which is nearly all of its cost.
  double quantile_alone(double p) const;
  Estimate quantile(double p, double level = kConfidence) const;
  Estimate probability_below(double x, double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(counts, units);
  }
  friend bool operator==(const UnitQuantiles&, const UnitQuantiles&) = default;
};

}  // namespace outagesim

// A sum of doubles without rounding: a fixed-point number wide enough for every
// finite double, rounded once when read. So adding and merging are associative
// and commutative to the last bit, and it never matters who summed what.
// The small superaccumulator of [Neal15]: 67 signed chunks of 64 bits, 32
// apart.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace outagesim {

class ExactSum {
 public:
  // chunk i counts units of 2^(32 i - 1075).
  static constexpr std::size_t kChunks = 67;
  using Chunks = std::array<std::int64_t, kChunks>;

  // Precondition: x is finite. About 2 ns.
  void add(double x) {
    assert(std::isfinite(x) && "only finite numbers have an exact sum");
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t exponent = (bits >> 52) & 0x7ff;
    const std::uint64_t fraction = bits & 0xf'ffff'ffff'ffff;
    const std::uint64_t position = exponent == 0 ? 1 : exponent;
    const std::uint64_t mantissa =
        exponent == 0 ? fraction : fraction | std::uint64_t{1} << 52;
    const std::uint64_t shift = position % 32;
    const auto low =
        static_cast<std::int64_t>((mantissa << shift) & 0xffff'ffff);
    const auto high = static_cast<std::int64_t>(mantissa >> (32 - shift));
    const std::int64_t sign = x < 0 ? -1 : 1;
    chunks_[position / 32] += sign * low;
    chunks_[position / 32 + 1] += sign * high;
    if (++pending_ == kMaxPending) carry();
  }

  // Adds a * b exactly. Precondition: |a * b| neither overflows nor falls
  // below 1e-270, where the rounding error of the product is no double.
  void add_product(double a, double b) {
    const double product = a * b;
    add(product);
    add(std::fma(a, b, -product));
  }

  __extension__ typedef unsigned __int128 Units;

  // Adds units * 2^exponent. Precondition: -1074 <= exponent <= 800.
  void add_units(Units units, int exponent) {
    const auto position = static_cast<std::size_t>(exponent + 1075);
    const unsigned shift = position % 32;
    std::int64_t* chunk = &chunks_[position / 32];
    const auto low = static_cast<std::uint32_t>(units);
    units >>= 32;  // so that what is left may be shifted by 31 bits
    *chunk++ += static_cast<std::int64_t>(low) << shift & 0xffff'ffff;
    units = (units << shift) | (std::uint64_t{low} << shift >> 32);
    for (; units != 0; units >>= 32) {
      *chunk++ += static_cast<std::int64_t>(units & 0xffff'ffff);
    }
    if (++pending_ == kMaxPending) carry();
  }

  void merge(const ExactSum& other);

  // The sum rounded to nearest, ties to even; infinite past the largest double.
  double value() const;

  // The one form that all equal sums share; top chunk signed, others in
  // [0, 2^32).
  Chunks canonical() const;
  friend bool operator==(const ExactSum& a, const ExactSum& b) {
    return a.canonical() == b.canonical();
  }

  // Shows an archive every field in its canonical form.
  template <class Archive>
  void visit(Archive& archive) {
    carry();
    archive(chunks_);
  }

 private:
  // An addition moves a chunk by less than 2^52: 2^11 of them fit.
  static constexpr std::uint32_t kMaxPending = 2047;

  void carry();

  Chunks chunks_{};
  std::uint32_t pending_ = 0;  // additions since the last carry
};

// How many units of 2^-40 a number is, where that is a whole number below 2^63;
// else -1.
inline std::int64_t whole_units(double x) {
  const double scaled = x * 0x1p40;
  if (!(scaled >= 0 && scaled < 0x1p63)) return -1;
  const auto units = static_cast<std::int64_t>(scaled);
  return static_cast<double>(units) == scaled ? units : -1;
}

// Adds numbers and their squares to two exact sums. Those of usual size
// (multiples of 2^-40 below 2^23: the times within a simulated year) are summed
// as whole numbers first: 1.5 ns each instead of 10. Preconditions: as those of
// add() and add_product().
inline void add_in_bulk(std::span<const double> numbers, ExactSum& sum,
                        ExactSum& squares) {
  ExactSum::Units units = 0, square_units = 0;
  const auto flush = [&] {
    sum.add_units(units, -40);
    squares.add_units(square_units, -80);
    units = square_units = 0;
  };
  for (const double x : numbers) {
    const std::int64_t whole = whole_units(x);
    if (whole < 0) {
      sum.add(x);
      squares.add_product(x, x);
      continue;
    }
    const auto n = static_cast<std::uint64_t>(whole);
    units += n;
    square_units += ExactSum::Units{n} * n;
    if (square_units >> 127 != 0) flush();
  }
  flush();
}

}  // namespace outagesim

#include "sim/core/exact_sum.h"

#include <algorithm>

namespace outagesim {

void ExactSum::carry() {
  for (std::size_t i = 0; i + 1 < kChunks; ++i) {
    const std::int64_t excess = chunks_[i] >> 32;  // floor, also below zero
    chunks_[i] &= 0xffff'ffff;
    chunks_[i + 1] += excess;
  }
  pending_ = 0;
}

void ExactSum::merge(const ExactSum& other) {
  const Chunks addend = other.canonical();
  for (std::size_t i = 0; i < kChunks; ++i) chunks_[i] += addend[i];
  if (++pending_ == kMaxPending) carry();
}

ExactSum::Chunks ExactSum::canonical() const {
  if (pending_ == 0) return chunks_;
  ExactSum copy = *this;
  copy.carry();
  return copy.chunks_;
}

double ExactSum::value() const {
  ExactSum magnitude = *this;
  magnitude.carry();
  const bool negative = magnitude.chunks_.back() < 0;
  if (negative) {
    for (auto& chunk : magnitude.chunks_) chunk = -chunk;
    magnitude.carry();
  }
  const Chunks& c = magnitude.chunks_;
  std::size_t top = kChunks - 1;
  while (top > 2 && c[top] == 0) --top;
  // Three chunks hold the 53 bits of the result, the bit that rounds it and at
  // least one more, which also stands for all bits below.
  __extension__ typedef unsigned __int128 Window;
  Window window = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    window = window << 32 | static_cast<Window>(c[top - i]);
  }
  const auto below = c.begin() + static_cast<std::ptrdiff_t>(top) - 2;
  if (std::any_of(c.begin(), below, [](auto chunk) { return chunk != 0; })) {
    window |= 1;
  }
  const int exponent = 32 * (static_cast<int>(top) - 2) - 1075;
  const double rounded = std::ldexp(static_cast<double>(window), exponent);
  return negative ? -rounded : rounded;
}

}  // namespace outagesim

#include "sim/core/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>

namespace outagesim {
namespace {

using Words = std::array<std::uint64_t, 4>;
constexpr std::uint64_t kOnes = ~std::uint64_t{0};

// Known answers: Random123 1.14, tests/kat_vectors, philox4x64 10.
TEST(Philox, KnownAnswerOfZeros) {
  const Words expected{0x16554d9eca36314c, 0xdb20fe9d672d0fdc,
                       0xd7e772cee186176b, 0x7e68b68aec7ba23b};
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), expected);
}

TEST(Philox, KnownAnswerOfOnes) {
  const Words expected{0x87b092c3013fe90b, 0x438c3c67be8d0224,
                       0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0};
  EXPECT_EQ(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}), expected);
}

TEST(Philox, KnownAnswerOfTheDigitsOfPi) {
  const Words expected{0xa528f45403e61d95, 0x38c72dbd566e9788,
                       0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6};
  EXPECT_EQ(philox({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0,
                    0x082efa98ec4e6c89},
                   {0x452821e638d01377, 0xbe5466cf34e90c6c}),
            expected);
}

TEST(OpenUniform, NeverReachesAnEnd) {
  EXPECT_EQ(open_uniform(0), 0x1p-53);
  EXPECT_EQ(open_uniform(kOnes), 1 - 0x1p-53);
}

TEST(Stream, ZeroKeyStartsWithTheKnownAnswer) {
  Stream stream{StreamKey{}};
  EXPECT_EQ(stream.next_bits(), 0x16554d9eca36314c);
  EXPECT_EQ(stream.next_bits(), 0xdb20fe9d672d0fdc);
  EXPECT_EQ(stream.next_bits(), 0xd7e772cee186176b);
  EXPECT_EQ(stream.next_bits(), 0x7e68b68aec7ba23b);
  EXPECT_EQ(stream.next_bits(), philox({1, 0, 0, 0}, {0, 0})[0]);
}

TEST(Stream, RandomAccessEqualsTheSequence) {
  const StreamKey key{7, 3, 0xfeed, 2};
  Stream stream{key};
  for (std::uint64_t i = 0; i < 41; ++i) {
    EXPECT_EQ(stream.next(), Stream{key}.at(i)) << i;
  }
}

TEST(Stream, CopyContinuesWhereTheOriginalStood) {
  Stream stream{StreamKey{7, 3, 1, 2}};
  for (int i = 0; i < 6; ++i) stream.next();
  Stream copy = stream;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(copy.next(), stream.next());
}

TEST(Stream, AntitheticDrawsMirrorExactly) {
  StreamKey key{11, 5, 9, 1};
  Stream plain{key};
  key.antithetic = true;
  Stream mirrored{key};
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(mirrored.next(), 1 - plain.next());
}

TEST(Stream, EveryPartOfTheKeyChangesTheDraws) {
  const double plain = Stream{StreamKey{1, 1, 1, 1}}.at(0);
  EXPECT_NE(Stream(StreamKey{2, 1, 1, 1}).at(0), plain);
  EXPECT_NE(Stream(StreamKey{1, 2, 1, 1}).at(0), plain);
  EXPECT_NE(Stream(StreamKey{1, 1, 2, 1}).at(0), plain);
  EXPECT_NE(Stream(StreamKey{1, 1, 1, 2}).at(0), plain);
}

// Chi-square statistic of n draws in 100 equal cells, as a standard score.
template <class Draw>
double chi_square_score(int n, Draw draw) {
  std::array<double, 100> count{};
  for (int i = 0; i < n; ++i) ++count[static_cast<std::size_t>(100 * draw(i))];
  double chi_square = 0;
  for (const double c : count) {
    chi_square += (c - n / 100.0) * (c - n / 100.0) / (n / 100.0);
  }
  return (chi_square - 99) / std::sqrt(2 * 99);
}

// Correlation of n pairs of uniforms times sqrt(n): a standard score.
template <class Pair>
double correlation_score(int n, Pair pair) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const auto [a, b] = pair(i);
    sum += (a - 0.5) * (b - 0.5) * 12;
  }
  return sum / std::sqrt(n);
}

std::uint64_t word(int i) { return static_cast<std::uint64_t>(i); }

TEST(Stream, DrawsOfOneStreamAreUniform) {
  Stream stream{StreamKey{20241226, 0, 42, 0}};
  EXPECT_LT(
      std::abs(chi_square_score(100'000, [&](int) { return stream.next(); })),
      4);
}

TEST(Stream, FirstDrawsOverReplicationsAreUniform) {
  EXPECT_LT(
      std::abs(chi_square_score(
          100'000, [](int i) { return Stream{{1, word(i), 42, 0}}.at(0); })),
      4);
}

TEST(Stream, SuccessiveDrawsAreUncorrelated) {
  const Stream stream{StreamKey{5, 0, 42, 0}};
  EXPECT_LT(std::abs(correlation_score(
                100'000,
                [&](int i) {
                  return std::pair(stream.at(word(i)), stream.at(word(i) + 1));
                })),
            4);
}

TEST(Stream, NeighbouringKeysAreUncorrelated) {
  const auto draw = [](StreamKey key) { return Stream{key}.at(0); };
  EXPECT_LT(std::abs(correlation_score(100'000,
                                       [&](int i) {
                                         return std::pair(
                                             draw({5, word(i), 42, 0}),
                                             draw({5, word(i) + 1, 42, 0}));
                                       })),
            4);
  EXPECT_LT(std::abs(correlation_score(100'000,
                                       [&](int i) {
                                         return std::pair(
                                             draw({5, word(i), 42, 0}),
                                             draw({5, word(i), 43, 0}));
                                       })),
            4);
  EXPECT_LT(std::abs(correlation_score(100'000,
                                       [&](int i) {
                                         return std::pair(
                                             draw({5, word(i), 42, 0}),
                                             draw({6, word(i), 42, 1}));
                                       })),
            4);
}

}  // namespace
}  // namespace outagesim

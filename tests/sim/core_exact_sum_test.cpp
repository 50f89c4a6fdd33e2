#include "sim/core/exact_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/core/random.h"

namespace outagesim {
namespace {

using boost::multiprecision::cpp_int;
using Limits = std::numeric_limits<double>;

ExactSum sum_of(const std::vector<double>& terms) {
  ExactSum sum;
  for (const double x : terms) sum.add(x);
  return sum;
}

// The number in units of 2^-1074, exactly.
cpp_int scaled(double x) {
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  const int shift = exponent - 53 + 1074;
  const cpp_int magnitude = std::abs(mantissa);
  const cpp_int shifted =
      shift >= 0 ? cpp_int(magnitude << shift) : cpp_int(magnitude >> -shift);
  return mantissa < 0 ? cpp_int(-shifted) : shifted;
}

cpp_int distance(const cpp_int& a, const cpp_int& b) {
  return a < b ? cpp_int(b - a) : cpp_int(a - b);
}

// Whether no other double is nearer to the exact sum of the terms.
testing::AssertionResult is_nearest(double value,
                                    const std::vector<double>& terms) {
  cpp_int exact = 0;
  for (const double x : terms) exact += scaled(x);
  const cpp_int error = distance(exact, scaled(value));
  const double up = std::nextafter(value, Limits::infinity());
  const double down = std::nextafter(value, -Limits::infinity());
  const bool odd = std::bit_cast<std::uint64_t>(value) & 1;
  for (const double other : {up, down}) {
    const cpp_int other_error = distance(exact, scaled(other));
    if (other_error < error || (odd && other_error == error)) {
      return testing::AssertionFailure() << other << " is nearer";
    }
  }
  return testing::AssertionSuccess();
}

// Finite doubles of either sign whose exponents span `octaves` around 1.
std::vector<double> random_terms(std::size_t n, double octaves, Stream stream) {
  std::vector<double> terms;
  for (std::size_t i = 0; i < n; ++i) {
    const int exponent =
        static_cast<int>(std::lround((stream.next() - 0.5) * octaves));
    terms.push_back(std::ldexp(2 * stream.next() - 1, exponent));
  }
  return terms;
}

void shuffle(std::vector<double>& terms, Stream stream) {
  for (std::size_t i = terms.size(); i > 1; --i) {
    std::swap(terms[i - 1], terms[stream.next_bits() % i]);
  }
}

TEST(ExactSum, OfNothingIsZero) { EXPECT_EQ(ExactSum{}.value(), 0); }

TEST(ExactSum, OfOneTermIsThatTerm) {
  for (const double x : {1.0, -1.0, 0.1, -0.0, Limits::max(), Limits::lowest(),
                         Limits::min(), Limits::denorm_min(), -0x1.8p-1060}) {
    EXPECT_EQ(sum_of({x}).value(), x);
  }
}

TEST(ExactSum, KeepsWhatCancellationWouldLose) {
  EXPECT_EQ(sum_of({1e308, 1e-300, -1e308}).value(), 1e-300);
  EXPECT_EQ(sum_of({1e16, 1, -1e16}).value(), 1);
  EXPECT_EQ(sum_of({Limits::denorm_min(), 1, -1}).value(),
            Limits::denorm_min());
  EXPECT_EQ(sum_of({Limits::max(), Limits::max(), Limits::lowest()}).value(),
            Limits::max());
}

TEST(ExactSum, TenTenthsAreOne) {
  EXPECT_EQ(sum_of(std::vector(10, 0.1)).value(), 1);
}

TEST(ExactSum, RoundsTiesToEven) {
  EXPECT_EQ(sum_of({1, 0x1p-53}).value(), 1);
  EXPECT_EQ(sum_of({1, 0x1p-53, 0x1p-1000}).value(), 1 + 0x1p-52);
  EXPECT_EQ(sum_of({1 + 0x1p-52, 0x1p-53}).value(), 1 + 0x1p-51);
  EXPECT_EQ(sum_of({-1, -0x1p-53, -0x1p-1074}).value(), -1 - 0x1p-52);
}

TEST(ExactSum, IsInfinitePastTheLargestDouble) {
  EXPECT_EQ(sum_of({Limits::max(), Limits::max()}).value(), Limits::infinity());
  EXPECT_EQ(sum_of({Limits::lowest(), -0x1p970}).value(), -Limits::infinity());
}

TEST(ExactSum, IsTheNearestDoubleToTheRationalSum) {
  for (const double octaves : {0.0, 60.0, 200.0, 2000.0}) {
    for (std::uint64_t r = 0; r < 50; ++r) {
      const auto terms = random_terms(3 + 5 * r, octaves, Stream{{1, r, 0, 0}});
      ASSERT_TRUE(is_nearest(sum_of(terms).value(), terms)) << octaves;
    }
  }
}

TEST(ExactSum, IsTheNearestDoubleAmongSubnormals) {
  for (std::uint64_t r = 0; r < 50; ++r) {
    auto terms = random_terms(20, 100, Stream{{2, r, 0, 0}});
    for (double& x : terms) x = std::ldexp(x, -1050);
    ASSERT_TRUE(is_nearest(sum_of(terms).value(), terms));
  }
}

TEST(ExactSum, ManyTermsOfOneSignCarryInTime) {
  ExactSum sum;
  for (int i = 0; i < 1 << 17; ++i) sum.add(0x1.fffffffffffffp31);
  EXPECT_EQ(sum.value(), std::ldexp(0x1.fffffffffffffp31, 17));
  for (int i = 0; i < 1 << 17; ++i) sum.add(-0x1.fffffffffffffp31);
  EXPECT_EQ(sum, ExactSum{});
}

TEST(ExactSum, EveryOrderGivesTheSameChunks) {
  auto terms = random_terms(5000, 1500, Stream{{3, 0, 0, 0}});
  const ExactSum sum = sum_of(terms);
  for (std::uint64_t r = 0; r < 10; ++r) {
    shuffle(terms, Stream{{4, r, 0, 0}});
    ASSERT_EQ(sum_of(terms).canonical(), sum.canonical());
  }
}

TEST(ExactSum, EveryTreeOfMergesGivesTheSameChunks) {
  const auto terms = random_terms(2000, 300, Stream{{5, 0, 0, 0}});
  for (std::uint64_t r = 0; r < 10; ++r) {
    Stream stream{{6, r, 0, 0}};
    std::vector<ExactSum> parts(1 + stream.next_bits() % 40);
    for (const double x : terms)
      parts[stream.next_bits() % parts.size()].add(x);
    while (parts.size() > 1) {
      std::swap(parts.back(), parts[stream.next_bits() % parts.size()]);
      const ExactSum part = parts.back();
      parts.pop_back();
      parts[stream.next_bits() % parts.size()].merge(part);
    }
    ASSERT_EQ(parts[0].canonical(), sum_of(terms).canonical());
  }
}

TEST(ExactSum, ManyMergesCarryInTime) {
  const ExactSum part = sum_of(std::vector(2000, 0x1.fffffffffffffp31));
  ExactSum sum;
  for (int i = 0; i < 5000; ++i) sum.merge(part);
  EXPECT_EQ(sum.value(), 1e7 * 0x1.fffffffffffffp31);
}

TEST(ExactSum, ProductsAreExact) {
  ExactSum sum;
  sum.add_product(1 + 0x1p-40, 1 + 0x1p-40);
  sum.add(-1);
  sum.add(-0x1p-39);
  EXPECT_EQ(sum.value(), 0x1p-80);
}

TEST(ExactSum, VisitShowsTheCanonicalChunks) {
  ExactSum sum = sum_of({3, -5});
  ExactSum::Chunks seen{};
  auto save = [&](const ExactSum::Chunks& chunks) { seen = chunks; };
  sum.visit(save);
  EXPECT_EQ(seen, sum_of({-2}).canonical());
  ExactSum copy;
  auto load = [&](ExactSum::Chunks& chunks) { chunks = seen; };
  copy.visit(load);
  EXPECT_EQ(copy.value(), -2);
}

#ifndef NDEBUG
TEST(ExactSumDeathTest, RefusesWhatIsNotFinite) {
  ExactSum sum;
  EXPECT_DEATH(sum.add(Limits::quiet_NaN()), "only finite numbers");
  EXPECT_DEATH(sum.add(Limits::infinity()), "only finite numbers");
}
#endif

}  // namespace
}  // namespace outagesim

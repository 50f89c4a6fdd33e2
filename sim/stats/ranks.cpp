#include "sim/stats/ranks.h"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/binomial.hpp>
#include <cassert>
#include <cmath>

#include "sim/stats/proportion.h"

namespace outagesim {
namespace {

// In double throughout: a quarter of the time of the default, which passes
// through long double, and right to 1e-12. It is most of what a summary costs.
using Binomial = boost::math::binomial_distribution<
    double, boost::math::policies::policy<
                boost::math::policies::promote_double<false>>>;

std::uint64_t total(std::span<const BinCount> bins) {
  std::uint64_t n = 0;
  for (const BinCount& bin : bins) n += bin.count;
  return n;
}

// P(B <= k) for a binomial B; k may be -1 or n.
double at_most(const Binomial& law, double k) {
  if (k < 0) return 0;
  return k >= law.trials() ? 1 : cdf(law, k);
}

// P(B >= k), without losing the digits of a small tail.
double at_least(const Binomial& law, double k) {
  if (k <= 0) return 1;
  return k > law.trials() ? 0 : cdf(complement(law, k - 1));
}

// Where the bin of x ends, towards 0 or away from it (side · x).
double bin_edge(double x, int side) {
  constexpr int kDroppedBits = 44;
  constexpr std::uint64_t kHalf = std::uint64_t{1} << (kDroppedBits - 1);
  if (x == 0 || !std::isfinite(x)) return x;
  const std::uint64_t bits =
      (std::bit_cast<std::uint64_t>(std::abs(x)) + kHalf) >>
      kDroppedBits << kDroppedBits;
  const bool out = (side > 0) == (x > 0);
  const double edge = std::bit_cast<double>(out ? bits + kHalf : bits - kHalf);
  return std::copysign(edge, x);
}

double value_at(std::span<const BinCount> ascending, std::uint64_t rank) {
  std::uint64_t passed = 0;
  for (const BinCount& bin : ascending) {
    passed += bin.count;
    if (passed >= rank) return bin.value;
  }
  return kUnbounded;
}

// A share such as 0.07 of 100 must not become rank 8 by rounding.
std::uint64_t middle_rank(std::uint64_t n, double p) {
  const double rank = std::ceil(static_cast<double>(n) * p * (1 - 1e-14));
  return static_cast<std::uint64_t>(std::max(1.0, rank));
}

}  // namespace

QuantileRanks quantile_ranks(std::uint64_t n, double p, double level) {
  assert(n > 0 && p > 0 && p < 1);
  const auto count = static_cast<double>(n);
  const Binomial law(count, p);
  const double tail = (1 - level) / 2;
  const double reach = normal_critical(level) * std::sqrt(count * p * (1 - p));
  // The greatest low with P(B <= low - 1) <= tail, from a normal guess.
  double low = std::clamp(std::floor(count * p - reach), 0.0, count);
  while (low > 0 && at_most(law, low - 1) > tail) --low;
  while (low < count && at_most(law, low) <= tail) ++low;
  // The least high with P(B >= high) <= tail.
  double high = std::clamp(std::ceil(count * p + reach), 1.0, count + 1);
  while (high <= count && at_least(law, high) > tail) ++high;
  while (high > 1 && at_least(law, high - 1) <= tail) --high;
  return {static_cast<std::uint64_t>(low), middle_rank(n, p),
          static_cast<std::uint64_t>(high)};
}

namespace {

std::uint64_t effective(std::uint64_t n, double design_effect) {
  const double told = std::floor(static_cast<double>(n) / design_effect);
  return static_cast<std::uint64_t>(std::max(1.0, told));
}

// Ranks among `of` put among n, to the outer side.
QuantileRanks outwards(QuantileRanks ranks, std::uint64_t of, std::uint64_t n) {
  if (of == n) return ranks;
  const double scale = static_cast<double>(n) / static_cast<double>(of);
  const auto scaled = [scale](std::uint64_t rank) {
    return static_cast<double>(rank) * scale;
  };
  if (ranks.low > 0) {
    ranks.low =
        static_cast<std::uint64_t>(std::floor(scaled(ranks.low - 1))) + 1;
  }
  ranks.high = ranks.high > of
                   ? n + 1
                   : static_cast<std::uint64_t>(std::ceil(scaled(ranks.high)));
  return ranks;
}

}  // namespace

Estimate quantile_of(std::span<const BinCount> ascending, double p,
                     Certainty certainty) {
  const std::uint64_t n = total(ascending);
  if (n == 0) return {};
  const std::uint64_t told = effective(n, certainty.design_effect);
  const QuantileRanks ranks =
      outwards(quantile_ranks(told, p, certainty.level), told, n);
  return {.value = value_at(ascending, middle_rank(n, p)),
          .low = ranks.low == 0 ? -kUnbounded : value_at(ascending, ranks.low),
          .high = value_at(ascending, ranks.high),
          .n = n};
}

double quantile_value(std::span<const BinCount> ascending, double p) {
  const std::uint64_t n = total(ascending);
  return n == 0 ? kUndefined : value_at(ascending, middle_rank(n, p));
}

Estimate wide_as_its_bins(Estimate estimate, double least, double greatest) {
  constexpr double kFew = 5.0 / 256;  // bins, of half an octave at most
  const double apart = estimate.high - estimate.low;
  const double size = std::max(std::abs(estimate.low), std::abs(estimate.high));
  if (size == kUnbounded || !(apart <= kFew / 2 * size)) return estimate;
  estimate.low =
      std::max(least, std::min(estimate.low, bin_edge(estimate.low, -1)));
  estimate.high =
      std::min(greatest, std::max(estimate.high, bin_edge(estimate.high, 1)));
  return estimate;
}

Estimate share_below(std::span<const BinCount> ascending, double x,
                     Certainty certainty) {
  double below = 0;
  for (const BinCount& bin : ascending) {
    if (bin.value > x) break;
    const auto count = static_cast<double>(bin.count);
    below += bin.value < x ? count : count / 2;
  }
  const std::uint64_t n = total(ascending);
  if (n == 0) return {};
  const std::uint64_t told = effective(n, certainty.design_effect);
  const double share = below / static_cast<double>(n);
  Estimate estimate =
      wilson(told == n ? below : share * static_cast<double>(told), told,
             certainty.level);
  estimate.value = share;
  estimate.n = n;
  return estimate;
}

}  // namespace outagesim

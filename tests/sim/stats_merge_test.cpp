// Every estimator: whoever saw which observation, and in whatever order the
// parts are merged, the state is the same to the last bit; and it can be saved.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "sim/core/random.h"
#include "sim/stats/paired.h"
#include "sim/stats/proportion.h"
#include "sim/stats/quantiles.h"
#include "sim/stats/rate.h"
#include "sim/stats/ratio.h"
#include "sim/stats/survival.h"
#include "tests/sim/byte_archive.h"

namespace outagesim {
namespace {

// Merges parts two by two in a random order until one is left.
template <class Estimator>
Estimator merge_randomly(std::vector<Estimator> parts, Stream& stream) {
  while (parts.size() > 1) {
    std::swap(parts.back(), parts[stream.next_bits() % parts.size()]);
    const Estimator part = std::move(parts.back());
    parts.pop_back();
    parts[stream.next_bits() % parts.size()].merge(part);
  }
  return parts[0];
}

template <class Estimator>
class EveryEstimator : public testing::Test {};

// One observation, drawn from the stream.
void observe(Mean& e, Stream& s) { e.add(1e6 * (s.next() - 0.4)); }
void observe(PairMoments& e, Stream& s) { e.add(1e6 * s.next(), s.next()); }
void observe(Proportion& e, Stream& s) { e.add(s.next() < 0.4); }
void observe(Rate& e, Stream& s) {
  e.add(s.next_bits() % 4, Seconds{1e6 * s.next()});
}
void observe(Ratio& e, Stream& s) { e.add(1e6 * s.next(), 5 * s.next()); }
void observe(Paired& e, Stream& s) { e.add(1e6 * s.next(), 1e6 * s.next()); }
void observe(Quantiles& e, Stream& s) {
  e.add(s.next() < 0.1 ? 0 : std::exp(20 * s.next() - 9) * (s.next() - 0.2));
}
void observe(UnitQuantiles& e, Stream& s) {
  e.add(s.next() < 0.5 ? 1 : s.next());
}
void observe(Survival& e, Stream& s) {
  const double time = std::exp(20 * s.next() - 9);
  WatchedTime times[] = {{time, s.next() < 0.3}, {2 * time, false}};
  e.add_cluster({times, s.next() < 0.5 ? 1U : 2U});
}

using Estimators = testing::Types<Mean, PairMoments, Proportion, Rate, Ratio,
                                  Paired, Quantiles, UnitQuantiles, Survival>;
TYPED_TEST_SUITE(EveryEstimator, Estimators);

TYPED_TEST(EveryEstimator, MergesToTheSameBytesInAnyOrder) {
  constexpr std::uint64_t kDraws = 3000;
  TypeParam whole;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream draws{StreamKey{.seed = 8, .replication = i}};
    observe(whole, draws);
  }
  for (std::uint64_t r = 0; r < 5; ++r) {
    Stream order{StreamKey{.seed = 9, .replication = r}};
    std::vector<TypeParam> parts(2 + order.next_bits() % 30);
    for (std::uint64_t i = 0; i < kDraws; ++i) {
      Stream draws{StreamKey{.seed = 8, .replication = kDraws - 1 - i}};
      observe(parts[order.next_bits() % parts.size()], draws);
    }
    ASSERT_EQ(words_of(merge_randomly(parts, order)), words_of(whole));
  }
}

TYPED_TEST(EveryEstimator, MergingNothingChangesNothing) {
  Stream draws{StreamKey{.seed = 10}};
  TypeParam some;
  for (int i = 0; i < 10; ++i) observe(some, draws);
  TypeParam left = some;
  left.merge(TypeParam{});
  TypeParam right;
  right.merge(some);
  EXPECT_EQ(words_of(left), words_of(some));
  EXPECT_EQ(words_of(right), words_of(some));
}

TYPED_TEST(EveryEstimator, IsReadBackAsItWasSaved) {
  Stream draws{StreamKey{.seed = 11}};
  TypeParam saved;
  for (int i = 0; i < 100; ++i) observe(saved, draws);
  TypeParam restored = read_back<TypeParam>(words_of(saved));
  EXPECT_EQ(restored, saved);
  observe(saved, draws);
  EXPECT_NE(restored, saved);
}

}  // namespace
}  // namespace outagesim

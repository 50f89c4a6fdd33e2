#include "sim/stats/two_phase.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

constexpr std::size_t kBootstraps = 999;

struct Parts {
  double chance = 0, ignorance = 0;

  double share() const {
    const double known = std::max(0.0, ignorance);
    return chance + known > 0 ? known / (chance + known) : kUndefined;
  }
};

// Sums over groups, about a centre that keeps digits.
struct GroupSums {
  double centre = 0, n = 0, means = 0, squares = 0, within = 0;

  void add(const GroupMoments& group) {
    const double x = group.mean - centre;
    n += 1;
    means += x;
    squares += x * x;
    within += group.variance;
  }
  Parts parts(std::uint64_t each) const {
    const double between =
        std::max(0.0, (squares - means * means / n) / (n - 1));
    const double chance = within / n;
    return {chance, between - chance / double(each)};
  }
};

}  // namespace

double VarianceParts::both() const { return chance + std::max(0.0, ignorance); }

VarianceParts variance_parts(std::span<const GroupMoments> groups,
                             std::uint64_t each, std::uint64_t seed) {
  assert(groups.size() >= 8 && each >= 2);
  Mean mean;
  for (const GroupMoments& group : groups) mean.add(group.mean);
  GroupSums sums{.centre = mean.mean()};
  for (const GroupMoments& group : groups) sums.add(group);
  const Parts parts = sums.parts(each);
  VarianceParts result;
  result.mean = mean.estimate();
  result.chance = parts.chance;
  result.ignorance = parts.ignorance;
  result.share.value = parts.share();
  result.share.n = groups.size();
  if (std::isnan(result.share.value)) return result;
  std::vector<double> samples;
  samples.reserve(kBootstraps);
  for (std::uint64_t k = 0; k < kBootstraps; ++k) {
    Stream stream({seed, k, name_hash("bootstrap of beliefs"), 0});
    GroupSums again{.centre = mean.mean()};
    for (std::size_t i = 0; i < groups.size(); ++i) {
      again.add(groups[static_cast<std::size_t>(stream.next() *
                                                double(groups.size()))]);
    }
    const double share = again.parts(each).share();
    samples.push_back(std::isnan(share) ? 0 : share);
  }
  std::ranges::sort(samples);
  result.share.low = quantile_of(samples, (1 - kConfidence) / 2);
  result.share.high = quantile_of(samples, (1 + kConfidence) / 2);
  return result;
}

std::vector<double> believed_means(std::span<const GroupMoments> groups,
                                   const VarianceParts& parts,
                                   std::uint64_t each) {
  const double known = std::max(0.0, parts.ignorance);
  const double seen = known + parts.chance / double(each);
  const double kept = seen > 0 ? std::sqrt(known / seen) : 0;
  std::vector<double> means;
  means.reserve(groups.size());
  for (const GroupMoments& group : groups) {
    means.push_back(parts.mean.value + kept * (group.mean - parts.mean.value));
  }
  std::ranges::sort(means);
  return means;
}

double quantile_of(std::span<const double> ascending, double p) {
  const auto last = double(ascending.size() - 1);
  return ascending[static_cast<std::size_t>(std::lround(p * last))];
}

}  // namespace outagesim

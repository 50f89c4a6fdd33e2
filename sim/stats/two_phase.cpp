#include "sim/stats/two_phase.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cassert>
#include <cmath>

#include "sim/stats/moments.h"

namespace outagesim {
namespace {

// In double throughout: a long double prepares itself before main(), which
// Valgrind, whose long double is a double, does not survive.
using FisherF = boost::math::fisher_f_distribution<
    double, boost::math::policies::policy<
                boost::math::policies::promote_double<false>>>;

// Sums over groups, about a centre that keeps digits.
struct GroupSums {
  double centre = 0, n = 0, means = 0, squares = 0, within = 0;

  void add(const GroupMoments& group, double times = 1) {
    const double x = group.mean - centre;
    n += times;
    means += times * x;
    squares += times * x * x;
    within += times * group.variance;
  }
  GroupSums without(const GroupMoments& group) const {
    GroupSums others = *this;
    others.add(group, -1);
    return others;
  }
  // Of the group means; of one member within groups.
  double between() const {
    return std::max(0.0, (squares - means * means / n) / (n - 1));
  }
  double chance() const { return std::max(0.0, within / n); }
};

// What part of the variance goes with a ratio of the mean square between groups
// to that within: 1 + each × ignorance / chance.
double share_at(double ratio, double each) {
  if (std::isinf(ratio)) return 1;
  const double odds = std::max(0.0, (ratio - 1) / each);
  return odds / (1 + odds);
}

struct RatioEnds {
  double low = 0, high = kUnbounded;
};

RatioEnds by_f_law(double ratio, double groups, double each) {
  const FisherF law(groups - 1, groups * (each - 1));
  const double tail = (1 - kConfidence) / 2;
  return {ratio / quantile(complement(law, tail)), ratio / quantile(law, tail)};
}

// Without each group once: the pseudovalues of the logarithm [Arvesen70]. Open
// where one group makes all the difference or all of chance.
RatioEnds by_jackknife(const GroupSums& sums,
                       std::span<const GroupMoments> groups, double each) {
  const auto logarithm = [each](const GroupSums& of) {
    return std::log(each * of.between() / of.chance());
  };
  const double all = logarithm(sums);
  Mean pseudovalues;
  for (const GroupMoments& group : groups) {
    const double others = logarithm(sums.without(group));
    if (!std::isfinite(others)) return {};
    pseudovalues.add(sums.n * all - (sums.n - 1) * others);
  }
  const Estimate estimate = pseudovalues.estimate();
  return {std::exp(estimate.low), std::exp(estimate.high)};
}

Estimate share_of(const GroupSums& sums, std::span<const GroupMoments> groups,
                  double each) {
  const double between = sums.between(), chance = sums.chance();
  Estimate share{.n = groups.size()};
  if (chance == 0 && between == 0) return share;
  const double ratio = chance > 0 ? each * between / chance : kUnbounded;
  share.value = share_at(ratio, each);
  if (chance == 0) {
    share.low = share.high = 1;
  } else if (between == 0) {
    share.low = 0;
    share.high = 1;
  } else {
    const RatioEnds law = by_f_law(ratio, sums.n, each);
    const RatioEnds seen = by_jackknife(sums, groups, each);
    share.low = share_at(std::min(law.low, seen.low), each);
    share.high = share_at(std::max(law.high, seen.high), each);
  }
  return share;
}

}  // namespace

double VarianceParts::both() const { return chance + std::max(0.0, ignorance); }

VarianceParts variance_parts(std::span<const GroupMoments> groups,
                             std::uint64_t each) {
  assert(groups.size() >= 8 && each >= 2);
  Mean mean;
  for (const GroupMoments& group : groups) mean.add(group.mean);
  GroupSums sums{.centre = mean.mean()};
  for (const GroupMoments& group : groups) sums.add(group);
  VarianceParts result;
  result.mean = mean.estimate();
  result.chance = sums.chance();
  result.ignorance = sums.between() - result.chance / double(each);
  result.share = share_of(sums, groups, double(each));
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

#include "sim/experiment/allocation.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace outagesim {
namespace {

// Rounds after the first: the ratios are learned as the budget is spent.
constexpr std::uint64_t kRounds = 20;
// A contender that is level with the best would take all there is.
constexpr double kLeastGap = 0.01;  // of its standard deviation

struct Gap {
  double mean = 0;
  double deviation = 0;
};

// The paired difference a − b over their common prefix.
Gap gap_between(const std::vector<double>& a, const std::vector<double>& b) {
  const std::size_t n = std::min(a.size(), b.size());
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = a[i] - b[i];
    const double step = x - mean;
    mean += step / double(i + 1);
    squares += step * (x - mean);
  }
  return {mean, n > 1 ? std::sqrt(squares / double(n - 1)) : 0};
}

// The lowest of all, each held against the one that ran most, so that luck that
// all share does not count.
std::size_t leader(const Outcomes& outcomes) {
  const auto most = std::ranges::max_element(
      outcomes, {}, [](const auto& one) { return one.size(); });
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const double mean = gap_between(outcomes[i], *most).mean;
    if (mean < least) {
      least = mean;
      best = i;
    }
  }
  return best;
}

// P(T > x) of Student's T: the deviation is as uncertain as so few say.
double student_tail(double x, double degrees) {
  using InDouble = boost::math::policies::policy<
      boost::math::policies::promote_double<false>>;
  const boost::math::students_t_distribution<double, InDouble> law(degrees);
  return cdf(complement(law, x));
}

// The probability that the leader is not better than this one after `n`
// replications of both. Those that never differ are as good.
double risk(const ContenderStanding& standing, double n) {
  if (standing.deviation <= 0) return 0;
  return student_tail(standing.behind * std::sqrt(n) / standing.deviation,
                      std::max(1.0, n - 1));
}

double risk_of_all(const std::vector<ContenderStanding>& standings,
                   std::size_t best, double n) {
  double sum = 0;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (i != best) sum += risk(standings[i], n);
  }
  return sum;
}

// The same number for each that brings the risk down to what it is.
std::uint64_t equal_cost(const AllocationResult& result) {
  const double goal = 1 - result.sure;
  const auto too_risky = [&](double n) {
    return risk_of_all(result.standings, result.best, n) > goal;
  };
  if (goal <= 0 || goal >= 1) return 0;
  double low = 0, high = 1;
  while (too_risky(high) && high < 1e12) high *= 2;
  while (high - low > 0.5) {
    const double middle = (low + high) / 2;
    (too_risky(middle) ? low : high) = middle;
  }
  return static_cast<std::uint64_t>(std::ceil(high)) * result.standings.size();
}

// The share of the budget that each should have, of all but the best.
std::vector<double> weights(const AllocationResult& now) {
  std::vector<double> weights;
  for (const ContenderStanding& one : now.standings) {
    const double gap = std::max(one.behind, kLeastGap * one.deviation);
    weights.push_back(gap > 0 ? std::pow(one.deviation / gap, 2) : 0);
  }
  weights[now.best] = 0;
  const double most = *std::ranges::max_element(weights);
  weights[now.best] = most;
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight = sum > 0 ? weight / sum : 0;
  return weights;
}

std::uint64_t spent_on(const Outcomes& outcomes) {
  std::uint64_t sum = 0;
  for (const auto& one : outcomes) sum += one.size();
  return sum;
}

// The one that lacks most of its share of `until`; the best where none has any.
std::size_t neediest(const std::vector<double>& share,
                     const std::vector<std::uint64_t>& size, double until,
                     std::size_t best) {
  std::size_t found = best;
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < size.size(); ++i) {
    const double lack = share[i] * until - double(size[i]);
    if (share[i] <= 0 || lack <= most) continue;
    most = lack;
    found = i;
  }
  return found;
}

// Steps for those that lack most of their share of `until`, one after the
// other, until `until` are spent.
std::vector<ReplicationOrder> orders(const AllocationResult& now,
                                     const Outcomes& outcomes,
                                     std::uint64_t until, std::uint64_t step) {
  const std::vector<double> share = weights(now);
  std::vector<std::uint64_t> size;
  for (const auto& one : outcomes) size.push_back(one.size());
  for (std::uint64_t spent = now.spent; spent + step <= until; spent += step) {
    size[neediest(share, size, double(until), now.best)] += step;
  }
  std::vector<ReplicationOrder> list;
  for (std::size_t i = 0; i < size.size(); ++i) {
    if (size[i] == outcomes[i].size()) continue;
    list.push_back({i, outcomes[i].size(), size[i]});
  }
  return list;
}

std::vector<ReplicationOrder> first_orders(std::size_t contenders,
                                           const AllocationOptions& options) {
  const std::uint64_t wanted =
      options.first > 0 ? options.first : options.budget / (4 * contenders);
  const std::uint64_t each =
      std::max(options.step, std::min(wanted, options.budget / contenders) /
                                 options.step * options.step);
  std::vector<ReplicationOrder> list;
  list.reserve(contenders);
  for (std::size_t i = 0; i < contenders; ++i) list.push_back({i, 0, each});
  return list;
}

}  // namespace

AllocationResult standings_of(const Outcomes& outcomes) {
  AllocationResult result;
  result.best = leader(outcomes);
  double wrong = 0;
  for (const auto& one : outcomes) {
    const Gap gap = gap_between(one, outcomes[result.best]);
    result.standings.push_back({one.size(), gap.mean, gap.deviation});
    if (&one == &outcomes[result.best]) continue;
    const std::size_t both = std::min(one.size(), outcomes[result.best].size());
    wrong += risk(result.standings.back(), double(both));
  }
  result.sure = std::max(0.0, 1 - wrong);
  result.spent = spent_on(outcomes);
  result.equal = equal_cost(result);
  return result;
}

AllocationResult allocate(std::size_t contenders,
                          const AllocationOptions& options,
                          const RunOrders& run, Outcomes& outcomes) {
  assert(contenders >= 2 && options.step > 1);
  outcomes.assign(contenders, {});
  if (!run(first_orders(contenders, options), outcomes)) {
    AllocationResult none;
    none.standings.resize(contenders);
    none.partial = true;
    return none;
  }
  AllocationResult now = standings_of(outcomes);
  const std::uint64_t round = std::max(
      options.step * 2,
      (options.budget - std::min(options.budget, now.spent)) / kRounds);
  while (now.sure < options.sure) {
    const std::uint64_t until = std::min(options.budget, now.spent + round);
    const auto list = orders(now, outcomes, until, options.step);
    if (list.empty()) break;
    if (!run(list, outcomes)) {
      now.partial = true;
      break;
    }
    now = standings_of(outcomes);
  }
  return now;
}

}  // namespace outagesim

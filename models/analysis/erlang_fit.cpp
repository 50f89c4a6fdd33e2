#include "models/analysis/erlang_fit.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/base/normal.h"

namespace outagesim {
namespace {

struct Branch {
  double share = 1;
  std::uint32_t order = 1;
  double rate = 1;
};
using Branches = std::vector<Branch>;

// The law, of mean 1, at points that are even in its normal score.
struct Points {
  std::vector<double> at, weight, below;
};

Points points_of(const Distribution& law) {
  constexpr int kSteps = 110;  // on each side
  constexpr double kStep = 0.05;
  const double m = mean(law);
  Points points;
  double total = 0;
  for (int i = -kSteps; i <= kSteps; ++i) {
    const double z = i * kStep;
    const double below = 0.5 * std::erfc(-z / std::sqrt(2.0));
    points.at.push_back(std::max(quantile(law, {below}) / m, 1e-12));
    points.weight.push_back(std::exp(-z * z / 2));
    points.below.push_back(below);
    total += points.weight.back();
  }
  for (double& weight : points.weight) weight /= total;
  return points;
}

double log_density(const Branch& branch, double x, double log_x) {
  return std::log(branch.rate) +
         (branch.order - 1) * (std::log(branch.rate) + log_x) -
         branch.rate * x - std::lgamma(branch.order);
}

double erlang_cdf(const Branch& branch, double x) {
  double term = std::exp(-branch.rate * x), left = 0;
  for (std::uint32_t k = 0; k < branch.order; ++k) {
    left += term;
    term *= branch.rate * x / (k + 1);
  }
  return 1 - left;
}

double largest_difference(const Branches& branches, const Points& points) {
  double largest = 0;
  for (std::size_t i = 0; i < points.at.size(); ++i) {
    double below = 0;
    for (const Branch& b : branches) {
      below += b.share * erlang_cdf(b, points.at[i]);
    }
    largest = std::max(largest, std::abs(below - points.below[i]));
  }
  return largest;
}

// Each branch begins with its part of the points, in their order.
void spread(Branches& branches, const Points& points) {
  std::size_t next = 0;
  double before = 0;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const double until =
        static_cast<double>(i + 1) / static_cast<double>(branches.size());
    double sum = 0, weight = 0;
    for (; next < points.at.size() && (before < until || weight == 0); ++next) {
      sum += points.weight[next] * points.at[next];
      weight += points.weight[next];
      before += points.weight[next];
    }
    branches[i].share = 1.0 / static_cast<double>(branches.size());
    branches[i].rate = weight > 0 ? branches[i].order * weight / sum : 1;
  }
}

// One step: what each branch has of each point, then its best parameters.
void improve(Branches& branches, const Points& points) {
  std::vector<double> share(branches.size(), 0.0), sum(branches.size(), 0.0);
  std::vector<double> density(branches.size());
  for (std::size_t i = 0; i < points.at.size(); ++i) {
    const double x = points.at[i], log_x = std::log(x);
    double all = 0;
    for (std::size_t b = 0; b < branches.size(); ++b) {
      density[b] =
          branches[b].share * std::exp(log_density(branches[b], x, log_x));
      all += density[b];
    }
    if (!(all > 0)) continue;
    for (std::size_t b = 0; b < branches.size(); ++b) {
      const double of_it = points.weight[i] * density[b] / all;
      share[b] += of_it;
      sum[b] += of_it * x;
    }
  }
  for (std::size_t b = 0; b < branches.size(); ++b) {
    branches[b].share = share[b];
    if (sum[b] > 0) branches[b].rate = branches[b].order * share[b] / sum[b];
  }
}

void improve_often(Branches& branches, const Points& points, int times) {
  for (int i = 0; i < times; ++i) improve(branches, points);
}

// Shares sum to 1 and the mean is 1, exactly.
void set_right(Branches& branches) {
  std::erase_if(branches, [](const Branch& b) { return !(b.share > 1e-9); });
  double all = 0, mean = 0;
  for (const Branch& b : branches) all += b.share;
  for (Branch& b : branches) b.share /= all;
  for (const Branch& b : branches) mean += b.share * b.order / b.rate;
  for (Branch& b : branches) b.rate *= mean;
}

// All ways to share `phases` out among at most `most` branches, the longest
// first.
void add_ways(std::uint32_t phases, std::uint32_t longest, std::size_t most,
              Branches& so_far, std::vector<Branches>& ways) {
  if (phases == 0) ways.push_back(so_far);
  if (phases == 0 || so_far.size() == most) return;
  for (std::uint32_t order = std::min(phases, longest); order > 0; --order) {
    so_far.push_back({1, order, 1});
    add_ways(phases - order, order, most, so_far, ways);
    so_far.pop_back();
  }
}

Branches nearest(const Points& points, std::uint32_t phases) {
  constexpr std::size_t kMostBranches = 4;
  constexpr int kFirst = 40, kThen = 400;
  std::vector<Branches> ways;
  Branches none;
  for (const std::uint32_t all : {phases, phases - phases / 4, phases / 2}) {
    add_ways(all, all, kMostBranches, none, ways);
  }
  const auto off = [&](const Branches& way) {
    return largest_difference(way, points);
  };
  for (Branches& way : ways) {
    spread(way, points);
    improve_often(way, points, kFirst);
  }
  std::ranges::sort(ways, {}, off);
  ways.resize(std::min<std::size_t>(ways.size(), 3));
  for (Branches& way : ways) {
    improve_often(way, points, kThen);
    set_right(way);
  }
  return *std::ranges::min_element(ways, {}, off);
}

PhaseType phases_of(const Branches& branches, double mean) {
  PhaseType phases;
  for (const Branch& b : branches) {
    for (std::uint32_t k = 0; k < b.order; ++k) {
      phases.start.push_back(k == 0 ? b.share : 0);
      phases.leave.push_back(b.rate / mean);
      phases.next.push_back(phases.phases());
    }
    phases.next.back() = 0;  // the end, numbered below
  }
  for (std::uint32_t& next : phases.next) {
    if (next == 0) next = phases.phases();
  }
  return phases;
}

}  // namespace

PhaseTypeFit fit_erlangs(const Distribution& law, std::uint32_t phases) {
  assert(phases >= 2);
  PhaseTypeFit fit = fit_phases(law, phases);
  const double m = mean(law);
  if (fit.exact || variance(law) * phases < m * m) return fit;
  const Points points = points_of(law);
  const Branches best = nearest(points, phases);
  const double off = largest_difference(best, points);
  if (off >= fit.largest_difference) return fit;
  const double third = moment(fit.phases, 3) / (1 + fit.third_moment_error);
  fit.phases = phases_of(best, m);
  fit.largest_difference = off;
  fit.third_moment_error = moment(fit.phases, 3) / third - 1;
  return fit;
}

const PhaseTypeFit& LawFits::of(const Distribution& law) {
  for (const auto& [known, fit] : fits_) {
    if (known == law) return fit;
  }
  fits_.emplace_back(law, fit_erlangs(law, phases_));
  return fits_.back().second;
}

}  // namespace outagesim

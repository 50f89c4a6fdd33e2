#include "sim/stats/crps.h"

#include <algorithm>
#include <span>

namespace outagesim {
namespace {

// The distribution function jumps to `below` at `value`.
struct Jump {
  double value = 0;
  double below = 0;
};

// Between two jumps the integrand is constant, save where the observation cuts.
double integrate(std::span<const Jump> jumps, double observed, double horizon) {
  double score = 0;
  double at = std::min(jumps.empty() ? observed : jumps[0].value, observed);
  double below = 0;
  const auto advance = [&](double to) {
    const double end = std::min(to, horizon);
    if (end <= at) return;
    const double cut = std::clamp(observed, at, end);
    score +=
        below * below * (cut - at) + (1 - below) * (1 - below) * (end - cut);
    at = end;
  };
  for (const Jump& jump : jumps) {
    advance(jump.value);
    below = jump.below;
  }
  advance(std::isinf(horizon) ? std::max(at, observed) : horizon);
  return score;
}

}  // namespace

double crps(const Quantiles& forecast, double observed) {
  if (forecast.counts.n == 0) return kUndefined;
  std::vector<Jump> jumps;
  std::uint64_t passed = 0;
  for (const BinCount& bin : forecast.counts.ascending()) {
    passed += bin.count;
    jumps.push_back({bin.value, static_cast<double>(passed) /
                                    static_cast<double>(forecast.counts.n)});
  }
  return integrate(jumps, observed, kUnbounded);
}

double crps(const Survival& forecast, double observed,
            std::optional<double> horizon) {
  if (forecast.n() == 0) return kUndefined;
  const bool cut = forecast.censored_counts.n > 0;
  const double end = horizon.value_or(cut ? forecast.longest() : kUnbounded);
  std::vector<Jump> jumps;
  for (const SurvivalStep& step : forecast.curve()) {
    jumps.push_back({step.time, 1 - step.survival});
  }
  return integrate(jumps, std::min(observed, end), end);
}

}  // namespace outagesim

#include "models/analysis/time_quadrature.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <numbers>

#include "models/base/normal.h"

namespace outagesim {
namespace {

constexpr double kLowestScore = -8, kHighestScore = 9;
constexpr double kUndefinedScore = 100;

using Panel = boost::math::quadrature::gauss<double, 8>;

double normal_density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

// Points and weights of ∫ of(z) φ(z) dz from -8 to `to`, in panels of 8.
WeighedTimes scores_up_to(double to, std::uint32_t points) {
  WeighedTimes scores;
  const auto add = [&](double z, double weight) {
    scores.at.push_back(z);
    scores.weight.push_back(weight * normal_density(z));
  };
  const std::uint32_t panels = std::max<std::uint32_t>(1, points / 8);
  const double half = (to - kLowestScore) / panels / 2;
  for (std::uint32_t i = 0; i < panels; ++i) {
    const double middle = kLowestScore + (2 * i + 1) * half;
    for (std::size_t k = 0; k < Panel::abscissa().size(); ++k) {
      add(middle - half * Panel::abscissa()[k], half * Panel::weights()[k]);
      add(middle + half * Panel::abscissa()[k], half * Panel::weights()[k]);
    }
  }
  return scores;
}

// -ln P(Z > z).
double hazard_at_score(double z) { return -normal_log_survival(z); }

double time_at_score(const Distribution& law, double z) {
  return inverse_cumulative_hazard(law, hazard_at_score(z));
}

double score_of(const Distribution& law, double t) {
  const double p = cdf(law, t);
  if (p <= 0) return kLowestScore - 1;
  if (p < 0.5) return normal_quantile({p});
  const double left = std::exp(-cumulative_hazard(law, t));
  return left > 0 ? -normal_quantile({left}) : kHighestScore + 1;
}

bool is_atoms(const Distribution& law) {
  return std::holds_alternative<Fixed>(law.law());
}

// When so much hazard of all together has been used up.
double least_at(const std::vector<Distribution>& times, double hazard) {
  double high = std::numeric_limits<double>::infinity();
  for (const Distribution& law : times) {
    high = std::min(high, inverse_cumulative_hazard(law, hazard));
  }
  if (times.size() == 1) return high;
  double low = 0;
  for (int i = 0; i < 100 && low < high; ++i) {
    const double middle = (low + high) / 2;
    double used = 0;
    for (const Distribution& law : times)
      used += cumulative_hazard(law, middle);
    (used < hazard ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Through the four values around `at`, 0 <= at <= size - 1.
double cubic_between(const std::vector<double>& values, double at) {
  const double first =
      std::clamp(std::floor(at) - 1, 0.0, double(values.size()) - 4);
  const double x = at - first - 1;  // from the second of the four
  const double* v = &values[static_cast<std::size_t>(first)];
  return -v[0] * x * (x - 1) * (x - 2) / 6 +
         v[1] * (x + 1) * (x - 1) * (x - 2) / 2 -
         v[2] * (x + 1) * x * (x - 2) / 2 + v[3] * (x + 1) * x * (x - 1) / 6;
}

// The mean over the shared cause of the product of what each says of its own.
double over_shared_cause(const std::vector<double>& scores, double correlation,
                         bool above) {
  if (correlation >= 1) {
    const auto [least, most] = std::ranges::minmax(scores);
    return normal_cdf(above ? -most : least).value;
  }
  static const WeighedTimes kShared = scores_up_to(kHighestScore, 96);
  const double own = std::sqrt(1 - correlation),
               common = std::sqrt(correlation);
  double sum = 0;
  for (std::size_t i = 0; i < kShared.at.size(); ++i) {
    double all = 1, last = kUndefinedScore, share = 1;
    for (const double score : scores) {
      const double z = (score - common * kShared.at[i]) / own;
      if (score != last) share = normal_cdf(above ? -z : z).value;
      last = score;
      all *= share;
    }
    sum += kShared.weight[i] * all;
  }
  return sum;
}

std::vector<double> scores_at(const std::vector<Distribution>& times,
                              double t) {
  std::vector<double> scores;
  for (const Distribution& law : times) scores.push_back(score_of(law, t));
  return scores;
}

}  // namespace

WeighedTimes weighed_least(const std::vector<Distribution>& times,
                           std::uint32_t points) {
  if (times.size() == 1 && is_atoms(times[0])) return {{mean(times[0])}, {1}};
  WeighedTimes weighed = scores_up_to(kHighestScore, points);
  for (double& at : weighed.at) at = least_at(times, hazard_at_score(at));
  return weighed;
}

WeighedTimes added(const WeighedTimes& a, const WeighedTimes& b) {
  WeighedTimes sum;
  for (std::size_t i = 0; i < a.at.size(); ++i) {
    for (std::size_t k = 0; k < b.at.size(); ++k) {
      sum.at.push_back(a.at[i] + b.at[k]);
      sum.weight.push_back(a.weight[i] * b.weight[k]);
    }
  }
  return sum;
}

double weighed_mean(const WeighedTimes& times,
                    const std::function<double(double)>& of) {
  double sum = 0;
  for (std::size_t i = 0; i < times.at.size(); ++i) {
    sum += times.weight[i] * of(times.at[i]);
  }
  return sum;
}

SurvivalFunction survival_of(const Distribution& law) {
  return [law](double t) { return std::exp(-cumulative_hazard(law, t)); };
}

SurvivalFunction survival_of_least(const std::vector<Distribution>& times,
                                   double correlation) {
  return [times, correlation](double t) {
    return over_shared_cause(scores_at(times, t), correlation, true);
  };
}

SurvivalFunction survival_of_largest(const std::vector<Distribution>& times,
                                     double correlation) {
  return [times, correlation](double t) {
    return 1 - over_shared_cause(scores_at(times, t), correlation, false);
  };
}

SurvivalFunction survival_of_sum(const Distribution& first,
                                 const SurvivalFunction& then) {
  constexpr std::uint32_t kPoints = 96;
  return [first, then](double t) {
    const double score = std::min(score_of(first, t), kHighestScore);
    double sum = std::exp(-cumulative_hazard(first, t));
    if (score <= kLowestScore) return sum;
    const WeighedTimes scores = scores_up_to(score, kPoints);
    for (std::size_t i = 0; i < scores.at.size(); ++i) {
      const double left = t - time_at_score(first, scores.at[i]);
      if (left > 0) sum += scores.weight[i] * then(left);
    }
    return sum;
  };
}

std::function<double(double)> tabulated(const std::function<double(double)>& of,
                                        double from, double to,
                                        std::uint32_t points) {
  const double low = std::log(from);
  const double step = (std::log(to) - low) / (points - 1);
  std::vector<double> values;
  for (std::uint32_t i = 0; i < points; ++i) {
    values.push_back(of(std::exp(low + i * step)));
  }
  return [values, low, step](double t) {
    const auto last = static_cast<double>(values.size() - 1);
    const double at = t > 0 ? (std::log(t) - low) / step : 0;
    if (at <= 0) return values.front();
    if (at >= last) return values.back();
    return cubic_between(values, at);
  };
}

double integral_in_decades(const std::function<double(double)>& of, double from,
                           double to) {
  constexpr int kPanels = 48;
  const double width = std::log(to / from) / kPanels;
  double sum = from * of(from / 2);
  for (int i = 0; i < kPanels; ++i) {
    const double low = std::log(from) + i * width;
    sum += Panel::integrate(
        [&](double log) { return std::exp(log) * of(std::exp(log)); }, low,
        low + width);
  }
  return sum;
}

}  // namespace outagesim

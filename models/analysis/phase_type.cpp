#include "models/analysis/phase_type.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>

#include "models/analysis/markov_chain.h"
#include "models/analysis/transient.h"

namespace outagesim {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

// E X^3 of the laws that have a formula for it, else NaN.
double third_moment(const Distribution& law) {
  if (const auto* l = std::get_if<Lognormal>(&law.law()); l && !law.is_cut()) {
    return std::pow(l->median, 3) * std::exp(4.5 * l->sigma * l->sigma);
  }
  if (const auto* e = std::get_if<Exponential>(&law.law());
      e && !law.is_cut()) {
    return 6 * std::pow(e->mean, 3);
  }
  if (const auto* w = std::get_if<Weibull>(&law.law()); w && !law.is_cut()) {
    return std::pow(w->scale, 3) * std::tgamma(1 + 3 / w->shape);
  }
  if (const auto* g = std::get_if<Gamma>(&law.law()); g && !law.is_cut()) {
    return std::pow(g->scale, 3) * g->shape * (g->shape + 1) * (g->shape + 2);
  }
  if (const auto* f = std::get_if<Fixed>(&law.law())) {
    return std::pow(f->value, 3);
  }
  return kNoNumber;
}

// Phases one after the other from the first, all at one rate.
PhaseType erlang(std::uint32_t phases, double rate) {
  PhaseType chain;
  chain.start.assign(phases, 0.0);
  chain.start[0] = 1;
  chain.leave.assign(phases, rate);
  for (std::uint32_t i = 0; i < phases; ++i) chain.next.push_back(i + 1);
  return chain;
}

// k - 1 phases with probability p, else k: [Tijms94, p. 358].
PhaseType erlang_mixture(double mean, double square, std::uint32_t most) {
  const auto k = static_cast<std::uint32_t>(
      std::min(std::ceil(1 / square - 1e-9), static_cast<double>(most)));
  const double cv2 = std::max(square, 1.0 / k);
  const double p =
      (k * cv2 - std::sqrt(k * (1 + cv2) - k * k * cv2)) / (1 + cv2);
  PhaseType chain = erlang(k, (k - p) / mean);
  if (k > 1) {
    chain.start[0] = 1 - p;
    chain.start[1] = p;
  }
  return chain;
}

PhaseType parallel_pair(double first_share, double first_rate,
                        double second_rate) {
  return {{first_share, 1 - first_share}, {first_rate, second_rate}, {2, 2}};
}

// Two exponentials in parallel with two moments and balanced means; `square` is
// the squared coefficient of variation.
PhaseType balanced_pair(double mean, double square) {
  const double p = 0.5 * (1 + std::sqrt((square - 1) / (square + 1)));
  return parallel_pair(p, 2 * p / mean, 2 * (1 - p) / mean);
}

// With three moments [Whitt82, section 3.1]: the two points that have the
// moments E X^i / i!. Nothing where there are none.
std::optional<PhaseType> three_moment_pair(double mean, double square,
                                           double third) {
  const double n1 = mean;
  const double n2 = mean * mean * (1 + square) / 2;
  const double n3 = third / 6;
  if (!(n1 * n3 > n2 * n2 * (1 + 1e-9))) return std::nullopt;
  // The points are the roots of z² - sum z + product.
  const double sum = (n3 - n1 * n2) / (n2 - n1 * n1);
  const double product = sum * n1 - n2;
  const double large = (sum + std::sqrt(sum * sum - 4 * product)) / 2;
  const double small = product / large;
  const double p = (n1 - small) / (large - small);
  return parallel_pair(p, 1 / large, 1 / small);
}

bool all_end(const PhaseType& phases) {
  return std::ranges::all_of(
      phases.next, [&](std::uint32_t to) { return to >= phases.phases(); });
}

double largest_difference(const PhaseType& phases, const Distribution& law) {
  if (const auto* fixed = std::get_if<Fixed>(&law.law())) {
    const double below = cdf(phases, fixed->value);
    return std::max(below, 1 - below);
  }
  constexpr int kPoints = 400;
  double largest = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double u = (i + 0.5) / kPoints;
    const double x = quantile(law, {u});
    largest = std::max(largest, std::abs(cdf(phases, x) - u));
  }
  return largest;
}

void take_if_nearer(PhaseTypeFit& fit, const std::optional<PhaseType>& other,
                    const Distribution& law) {
  if (!other) return;
  const double difference = largest_difference(*other, law);
  if (difference >= fit.largest_difference) return;
  fit.phases = *other;
  fit.largest_difference = difference;
}

}  // namespace

double moment(const PhaseType& phases, int order) {
  assert(order >= 1 && order <= 3);
  // By phase, from the last: m_k = k m_(k-1) / rate + m_k of the next.
  std::vector<double> lower(phases.phases() + 1, 1.0);
  for (int k = 1; k <= order; ++k) {
    std::vector<double> here(phases.phases() + 1, 0.0);
    for (std::uint32_t i = phases.phases(); i-- > 0;) {
      here[i] = k * lower[i] / phases.leave[i] + here[phases.next[i]];
    }
    lower = here;
  }
  double sum = 0;
  for (std::uint32_t i = 0; i < phases.phases(); ++i) {
    sum += phases.start[i] * lower[i];
  }
  return sum;
}

double cdf(const PhaseType& phases, double x) {
  if (x <= 0) return 0;
  if (all_end(phases)) {
    double sum = 0;
    for (std::uint32_t i = 0; i < phases.phases(); ++i) {
      sum -= phases.start[i] * std::expm1(-phases.leave[i] * x);
    }
    return sum;
  }
  std::vector<ChainMove> moves;
  moves.reserve(phases.phases());
  for (std::uint32_t i = 0; i < phases.phases(); ++i) {
    moves.push_back({i, phases.next[i], phases.leave[i]});
  }
  const MarkovChain chain = make_chain(phases.phases() + 1, std::move(moves));
  std::vector<double> initial = phases.start;
  initial.push_back(0);
  return transient(chain, initial, x).back();
}

PhaseTypeFit fit_phases(const Distribution& law, std::uint32_t most_phases) {
  assert(most_phases >= 2);
  const double m = mean(law);
  const double square = variance(law) / (m * m);
  const double third = third_moment(law);
  PhaseTypeFit fit;
  const bool exponential =
      std::holds_alternative<Exponential>(law.law()) && !law.is_cut();
  if (exponential) {
    fit.phases = erlang(1, 1 / m);
  } else if (square <= 1) {
    fit.phases = erlang_mixture(m, square, most_phases);
  } else {
    fit.phases = balanced_pair(m, square);
  }
  fit.largest_difference = largest_difference(fit.phases, law);
  if (square > 1) take_if_nearer(fit, three_moment_pair(m, square, third), law);
  fit.third_moment_error = moment(fit.phases, 3) / third - 1;
  fit.exact = exponential || fit.largest_difference < 1e-9;
  return fit;
}

}  // namespace outagesim

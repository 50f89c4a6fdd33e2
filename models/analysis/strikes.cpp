#include "models/analysis/strikes.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

namespace outagesim {
namespace {

// ∫ P(X > u) du from 0 to t: exact to about ten digits, on pieces that shrink
// towards 0.
double survived_time(const Distribution& law, double t) {
  if (is_exponential(law)) {
    const double m = mean(law);
    return -m * std::expm1(-t / m);
  }
  if (const auto* fixed = std::get_if<Fixed>(&law.law())) {
    return std::min(t, fixed->value);
  }
  const auto alive = [&](double u) { return 1 - cdf(law, u); };
  double sum = 0, high = t;
  for (int piece = 0; piece < 24; ++piece) {
    const double low = piece == 23 ? 0 : high / 2;
    sum += boost::math::quadrature::gauss_kronrod<double, 15>::integrate(
        alive, low, high, 4, 1e-10);
    high = low;
  }
  return sum;
}

}  // namespace

bool is_exponential(const Distribution& law) {
  return std::holds_alternative<Exponential>(law.law()) && !law.is_cut();
}

bool has_moments(const Distribution& law) {
  return mean(law) > 0 && std::isfinite(mean(law)) &&
         std::isfinite(variance(law));
}

std::vector<NodeLoss> losses_of(const std::vector<NodeId>& nodes, double left) {
  std::vector<NodeLoss> losses;
  for (const NodeId node : nodes) losses.push_back({node, left, 1});
  return losses;
}

std::optional<double> health_left(const std::optional<Distribution>& severity) {
  if (!severity) return 0;
  const auto* fixed = std::get_if<Fixed>(&severity->law());
  if (!fixed) return std::nullopt;
  return 1 - std::clamp(fixed->value, 0.0, 1.0);
}

NodeLoss loss_by(const FaultEffect& effect, NodeId node) {
  switch (effect.what) {
    case FaultEffect::What::kErrors:
      return {node, 1, 1 - effect.amount};
    case FaultEffect::What::kHealth:
      return {node, effect.amount, 1};
    default:
      return {node, 0, 1};
  }
}

// A law's kinks, as times after `from`.
void add_breaks(const Distribution& law, Seconds from,
                std::vector<Seconds>& breaks) {
  if (const auto* f = std::get_if<Fixed>(&law.law())) {
    breaks.push_back(from + Seconds{f->value});
  } else if (const auto* u = std::get_if<Uniform>(&law.law())) {
    breaks.push_back(from + Seconds{u->low});
    breaks.push_back(from + Seconds{u->high});
  } else if (const auto* e = std::get_if<Empirical>(&law.law())) {
    for (const double x : e->values) breaks.push_back(from + Seconds{x});
  }
}

// Strikes at a rate, each under way for a time of its own: M/G/∞.
void set_strikes(FailureSource& source, double rate, const Distribution& takes,
                 bool stationary) {
  const double all = -std::expm1(-rate * mean(takes));
  source.long_run = all;
  source.constant = stationary;
  if (stationary) {
    source.under_way = [all](Seconds) { return all; };
    return;
  }
  add_breaks(takes, {0}, source.breaks);
  source.under_way = [rate, takes](Seconds t) {
    return t.value > 0 ? -std::expm1(-rate * survived_time(takes, t.value)) : 0;
  };
}

}  // namespace outagesim

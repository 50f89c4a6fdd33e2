#include "models/parts/distribution.h"

#include <algorithm>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cassert>
#include <cmath>
#include <utility>

namespace outagesim {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The laws that absorb a bound, or need none, become laws without one.
struct Simplify {
  double at_most;

  Law operator()(const Uniform& law) const {
    return Uniform{law.low, std::min(law.high, at_most)};
  }
  Law operator()(Empirical law) const {
    std::erase_if(law.values, [this](double x) { return x > at_most; });
    return law;
  }
  Law operator()(const Lognormal& law) const {
    return law.sigma > 0 ? Law{law} : Law{Fixed{law.median}};
  }
  template <class Other>
  Law operator()(const Other& law) const {
    return law;
  }
};

bool has_endless_tail(const Law& law) {
  return !std::holds_alternative<Fixed>(law) &&
         !std::holds_alternative<Uniform>(law) &&
         !std::holds_alternative<Empirical>(law);
}

// Mean of f over u uniform in (0, 1), given as functions of the hazard that
// has accumulated at u: both ends are exact, where quantiles may grow fast.
template <class Function>
double mean_over_quantiles(const Distribution& d, Function f) {
  boost::math::quadrature::tanh_sinh<double> integrate;
  const auto lower = [&](double u) {
    return u > 0 ? f(inverse_cumulative_hazard(d, -std::log1p(-u))) : f(0.0);
  };
  const auto upper = [&](double tail) {
    return f(tail > 0 ? inverse_cumulative_hazard(d, -std::log(tail))
                      : d.at_most());
  };
  return integrate.integrate(lower, 0.0, 0.5) +
         integrate.integrate(upper, 0.0, 0.5);
}

}  // namespace

Distribution::Distribution(Law law, double at_most)
    : law_(std::visit(Simplify{at_most}, law)), at_most_(at_most) {
  mass_ = cdf(law_, at_most);
  assert(mass_ > 0 && "a bound must leave something below it");
  if (!has_endless_tail(law_)) at_most_ = kInfinity;
}

double mean(const Distribution& d) {
  if (!d.is_cut()) return mean(d.law());
  return mean_over_quantiles(d, [](double x) { return x; });
}

double variance(const Distribution& d) {
  if (!d.is_cut()) return variance(d.law());
  const double center = mean(d);
  return mean_over_quantiles(
      d, [center](double x) { return (x - center) * (x - center); });
}

double cdf(const Distribution& d, double x) {
  return x >= d.at_most() ? 1 : std::min(1.0, cdf(d.law(), x) / d.mass());
}

double quantile(const Distribution& d, Probability u) {
  if (!d.is_cut()) return quantile(d.law(), u);
  return std::min(d.at_most(), quantile(d.law(), u * d.mass()));
}

double hazard(const Distribution& d, double x) {
  if (!d.is_cut()) return hazard(d.law(), x);
  const double below = d.mass() - cdf(d.law(), x);
  return below > 0 ? density(d.law(), x) / below : kInfinity;
}

double cumulative_hazard(const Distribution& d, double x) {
  if (!d.is_cut()) return cumulative_hazard(d.law(), x);
  return -std::log1p(-cdf(d, x));
}

double inverse_cumulative_hazard(const Distribution& d, double h) {
  if (!d.is_cut()) return inverse_cumulative_hazard(d.law(), h);
  // Survival of the whole law where the cut one's is exp(-h).
  const double beyond = survival(d.law(), d.at_most());
  const double whole_h = -std::log(std::exp(-h) * d.mass() + beyond);
  const double lower_h = -std::log1p(d.mass() * std::expm1(-h));
  const double at = h < 0.5 ? lower_h : whole_h;
  if (!(at > 0)) return 0;
  return std::min(d.at_most(), inverse_cumulative_hazard(d.law(), at));
}

}  // namespace outagesim

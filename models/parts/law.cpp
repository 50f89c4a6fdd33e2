#include "models/parts/law.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "models/base/normal.h"
#include "models/parts/log_complement.h"

namespace outagesim {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double square(double x) { return x * x; }

// --- Fixed ---
double mean_of(const Fixed& f) { return f.value; }
double variance_of(const Fixed&) { return 0; }
double cdf_of(const Fixed& f, double x) { return x >= f.value ? 1 : 0; }
double density_of(const Fixed&, double) { return 0; }
double quantile_of(const Fixed& f, double) { return f.value; }
double hazard_to(const Fixed& f, double x) {
  return x >= f.value ? kInfinity : 0;
}
double hazard_at(const Fixed& f, double) { return f.value; }

// --- Exponential ---
double mean_of(const Exponential& e) { return e.mean; }
double variance_of(const Exponential& e) { return square(e.mean); }
double cdf_of(const Exponential& e, double x) {
  return -std::expm1(-x / e.mean);
}
double density_of(const Exponential& e, double x) {
  return std::exp(-x / e.mean) / e.mean;
}
double rate_of(const Exponential& e, double) { return 1 / e.mean; }
double quantile_of(const Exponential& e, double u) {
  return -e.mean * log_complement(u);
}
double hazard_to(const Exponential& e, double x) { return x / e.mean; }
double hazard_at(const Exponential& e, double h) { return e.mean * h; }

// --- Weibull ---
double hazard_to(const Weibull& w, double x) {
  return std::pow(x / w.scale, w.shape);
}
double hazard_at(const Weibull& w, double h) {
  return w.scale * std::pow(h, 1 / w.shape);
}
double mean_of(const Weibull& w) {
  return w.scale * std::tgamma(1 + 1 / w.shape);
}
double variance_of(const Weibull& w) {
  return square(w.scale) * std::tgamma(1 + 2 / w.shape) - square(mean_of(w));
}
double cdf_of(const Weibull& w, double x) {
  return -std::expm1(-hazard_to(w, x));
}
double rate_of(const Weibull& w, double x) {
  return w.shape / w.scale * std::pow(x / w.scale, w.shape - 1);
}
double density_of(const Weibull& w, double x) {
  return rate_of(w, x) * std::exp(-hazard_to(w, x));
}
double quantile_of(const Weibull& w, double u) {
  return hazard_at(w, -std::log1p(-u));
}

// --- Lognormal ---
double z_of(const Lognormal& l, double x) {
  return std::log(x / l.median) / l.sigma;
}
double mean_of(const Lognormal& l) {
  return l.median * std::exp(0.5 * square(l.sigma));
}
double variance_of(const Lognormal& l) {
  return square(mean_of(l)) * std::expm1(square(l.sigma));
}
double cdf_of(const Lognormal& l, double x) {
  return normal_cdf(z_of(l, x)).value;
}
double log_density_of(const Lognormal& l, double x) {
  return -0.5 * square(z_of(l, x)) -
         std::log(x * l.sigma * std::sqrt(2 * std::numbers::pi));
}
double density_of(const Lognormal& l, double x) {
  return x > 0 ? std::exp(log_density_of(l, x)) : 0;
}
double quantile_of(const Lognormal& l, double u) {
  return l.median * std::exp(l.sigma * normal_quantile({u}));
}
double hazard_to(const Lognormal& l, double x) {
  return x > 0 ? -normal_log_survival(z_of(l, x)) : 0;
}
double rate_of(const Lognormal& l, double x) {
  return x > 0 ? std::exp(log_density_of(l, x) + hazard_to(l, x)) : 0;
}
double hazard_at(const Lognormal& l, double h) {
  const double tail = std::max(std::exp(-h), 0x1p-1022);
  const double z = h < std::numbers::ln2 ? normal_quantile({-std::expm1(-h)})
                                         : -normal_quantile({tail});
  return l.median * std::exp(l.sigma * z);
}

// --- Gamma ---
double mean_of(const Gamma& g) { return g.shape * g.scale; }
double variance_of(const Gamma& g) { return g.shape * square(g.scale); }
double cdf_of(const Gamma& g, double x) {
  return boost::math::gamma_p(g.shape, x / g.scale);
}
double density_of(const Gamma& g, double x) {
  if (x <= 0) return 0;
  return boost::math::gamma_p_derivative(g.shape, x / g.scale) / g.scale;
}
double quantile_of(const Gamma& g, double u) {
  return g.scale * boost::math::gamma_p_inv(g.shape, u);
}
double hazard_to(const Gamma& g, double x) {
  return -std::log(boost::math::gamma_q(g.shape, x / g.scale));
}
double hazard_at(const Gamma& g, double h) {
  if (h < std::numbers::ln2) return quantile_of(g, -std::expm1(-h));
  const double tail = std::max(std::exp(-h), 0x1p-1022);
  return g.scale * boost::math::gamma_q_inv(g.shape, tail);
}

// --- LogLogistic ---
double odds(const LogLogistic& l, double x) {
  return std::pow(x / l.median, l.shape);
}
double mean_of(const LogLogistic& l) {
  const double angle = std::numbers::pi / l.shape;
  return l.shape > 1 ? l.median * angle / std::sin(angle) : kInfinity;
}
double variance_of(const LogLogistic& l) {
  const double angle = 2 * std::numbers::pi / l.shape;
  return l.shape > 2
             ? square(l.median) * angle / std::sin(angle) - square(mean_of(l))
             : kInfinity;
}
double cdf_of(const LogLogistic& l, double x) {
  return x > 0 ? 1 / (1 + 1 / odds(l, x)) : 0;
}
double rate_of(const LogLogistic& l, double x) {
  return x > 0 ? l.shape / x * cdf_of(l, x) : 0;
}
double density_of(const LogLogistic& l, double x) {
  return rate_of(l, x) / (1 + odds(l, x));
}
double quantile_of(const LogLogistic& l, double u) {
  return l.median * std::pow(u / (1 - u), 1 / l.shape);
}
double hazard_to(const LogLogistic& l, double x) {
  return std::log1p(odds(l, x));
}
double hazard_at(const LogLogistic& l, double h) {
  return l.median * std::pow(std::expm1(h), 1 / l.shape);
}

// --- Uniform ---
double mean_of(const Uniform& f) { return 0.5 * (f.low + f.high); }
double variance_of(const Uniform& f) { return square(f.high - f.low) / 12; }
double cdf_of(const Uniform& f, double x) {
  return std::clamp((x - f.low) / (f.high - f.low), 0.0, 1.0);
}
double density_of(const Uniform& f, double x) {
  return x >= f.low && x <= f.high ? 1 / (f.high - f.low) : 0;
}
double quantile_of(const Uniform& f, double u) {
  return f.low + u * (f.high - f.low);
}
double hazard_to(const Uniform& f, double x) {
  return -std::log1p(-cdf_of(f, x));
}
double hazard_at(const Uniform& f, double h) {
  return quantile_of(f, -std::expm1(-h));
}

// --- Empirical ---
double mean_of(const Empirical& e) {
  return std::accumulate(e.values.begin(), e.values.end(), 0.0) /
         static_cast<double>(e.values.size());
}
double variance_of(const Empirical& e) {
  double sum = 0;
  for (const double x : e.values) sum += square(x - mean_of(e));
  return sum / static_cast<double>(e.values.size());
}
double cdf_of(const Empirical& e, double x) {
  const auto above = std::upper_bound(e.values.begin(), e.values.end(), x);
  return static_cast<double>(above - e.values.begin()) /
         static_cast<double>(e.values.size());
}
double density_of(const Empirical&, double) { return 0; }
double quantile_of(const Empirical& e, double u) {
  const auto n = static_cast<double>(e.values.size());
  // A hair less, lest the rounding of k / n × n reach for the next value.
  const auto rank = static_cast<size_t>(std::ceil(u * n * (1 - 0x1p-51)));
  return e.values[std::clamp<size_t>(rank, 1, e.values.size()) - 1];
}
double hazard_to(const Empirical& e, double x) {
  return -std::log1p(-cdf_of(e, x));
}
double hazard_at(const Empirical& e, double h) {
  return quantile_of(e, -std::expm1(-h));
}

// Laws without a closed form of their own for the rate of the event.
template <class AnyLaw>
double rate_of(const AnyLaw& law, double x) {
  const double alive = std::exp(-hazard_to(law, x));
  return alive > 0 ? density_of(law, x) / alive : 0;
}

}  // namespace

double mean(const Law& law) {
  return std::visit([](const auto& l) { return mean_of(l); }, law);
}

double variance(const Law& law) {
  return std::visit([](const auto& l) { return variance_of(l); }, law);
}

double cdf(const Law& law, double x) {
  if (x < 0) return 0;
  if (x == kInfinity) return 1;
  return std::visit([x](const auto& l) { return cdf_of(l, x); }, law);
}

double survival(const Law& law, double x) {
  return std::exp(-cumulative_hazard(law, x));
}

double density(const Law& law, double x) {
  if (x < 0) return 0;
  return std::visit([x](const auto& l) { return density_of(l, x); }, law);
}

double hazard(const Law& law, double x) {
  if (x < 0) return 0;
  return std::visit([x](const auto& l) { return rate_of(l, x); }, law);
}

double quantile(const Law& law, Probability u) {
  assert(u.value > 0 && u.value < 1 && "a quantile needs 0 < u < 1");
  return std::visit([u](const auto& l) { return quantile_of(l, u.value); },
                    law);
}

double cumulative_hazard(const Law& law, double x) {
  if (x < 0) return 0;
  if (x == kInfinity) return kInfinity;
  return std::visit([x](const auto& l) { return hazard_to(l, x); }, law);
}

double inverse_cumulative_hazard(const Law& law, double h) {
  assert(h > 0 && "a hazard that has accumulated is above 0");
  return std::visit([h](const auto& l) { return hazard_at(l, h); }, law);
}

}  // namespace outagesim

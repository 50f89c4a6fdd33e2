#include "models/parts/equilibrium.h"

#include <algorithm>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>

#include "models/base/normal.h"

namespace outagesim {
namespace {

// In double throughout: Valgrind cannot hold the constants of long double.
using InDouble = boost::math::policies::promote_double<false>;

// For each law X: the law of the length-biased X, as cdf and quantile.
struct BiasedCdf {
  double x;
  double operator()(const Fixed& law) const { return x >= law.value ? 1 : 0; }
  double operator()(const Exponential& law) const {
    return boost::math::gamma_p(2, x / law.mean);
  }
  double operator()(const Weibull& law) const {
    return boost::math::gamma_p(1 + 1 / law.shape,
                                std::pow(x / law.scale, law.shape));
  }
  double operator()(const Lognormal& law) const {
    return normal_cdf(std::log(x / law.median) / law.sigma - law.sigma).value;
  }
  double operator()(const Gamma& law) const {
    return boost::math::gamma_p(law.shape + 1, x / law.scale);
  }
  double operator()(const LogLogistic& law) const {
    const double odds = std::pow(x / law.median, law.shape);
    return boost::math::ibeta(1 + 1 / law.shape, 1 - 1 / law.shape,
                              odds / (1 + odds));
  }
  // Atoms and uniform laws are never cut, see Distribution.
  double operator()(const Uniform&) const { return 1; }
  double operator()(const Empirical&) const { return 1; }
};

struct BiasedQuantile {
  double u;
  double operator()(const Fixed& law) const { return law.value; }
  double operator()(const Exponential& law) const {
    return law.mean * boost::math::gamma_p_inv(2, u);
  }
  double operator()(const Weibull& law) const {
    const double g = boost::math::gamma_p_inv(1 + 1 / law.shape, u);
    return law.scale * std::pow(g, 1 / law.shape);
  }
  double operator()(const Lognormal& law) const {
    const double z = normal_quantile({u});
    return law.median * std::exp(law.sigma * (law.sigma + z));
  }
  double operator()(const Gamma& law) const {
    return law.scale * boost::math::gamma_p_inv(law.shape + 1, u);
  }
  double operator()(const LogLogistic& law) const {
    assert(law.shape > 1 && "a law without a mean has no equilibrium");
    const double b =
        boost::math::ibeta_inv(1 + 1 / law.shape, 1 - 1 / law.shape, u,
                               boost::math::policies::policy<InDouble>());
    return law.median * std::pow(b / (1 - b), 1 / law.shape);
  }
  double operator()(const Uniform& law) const {
    const double a = law.low * law.low, b = law.high * law.high;
    return std::sqrt(a + u * (b - a));
  }
  double operator()(const Empirical& law) const {
    double total = 0;
    for (const double x : law.values) total += x;
    double left = u * total;
    for (const double x : law.values) {
      left -= x;
      if (left <= 0) return x;
    }
    return law.values.back();
  }
};

}  // namespace

double length_biased_quantile(const Distribution& d, Probability u) {
  const double below =
      d.is_cut() ? std::visit(BiasedCdf{d.at_most()}, d.law()) : 1;
  return std::min(d.at_most(),
                  std::visit(BiasedQuantile{u.value * below}, d.law()));
}

std::uint64_t poisson_quantile(double mean, Probability u) {
  using boost::math::policies::discrete_quantile;
  using boost::math::policies::integer_round_up;
  using Up = boost::math::policies::policy<discrete_quantile<integer_round_up>,
                                           InDouble>;
  if (mean == 0) return 0;
  const boost::math::poisson_distribution<double, Up> law(mean);
  return static_cast<std::uint64_t>(boost::math::quantile(law, u.value));
}

}  // namespace outagesim

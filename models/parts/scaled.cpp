#include "models/parts/scaled.h"

#include <cassert>
#include <cmath>

namespace outagesim {
namespace {

struct Scale {
  double by;

  Law operator()(const Fixed& law) const { return Fixed{law.value * by}; }
  Law operator()(const Exponential& law) const {
    return Exponential{law.mean * by};
  }
  Law operator()(const Weibull& law) const {
    return Weibull{law.shape, law.scale * by};
  }
  Law operator()(const Lognormal& law) const {
    return Lognormal{law.median * by, law.sigma};
  }
  Law operator()(const Gamma& law) const {
    return Gamma{law.shape, law.scale * by};
  }
  Law operator()(const LogLogistic& law) const {
    return LogLogistic{law.median * by, law.shape};
  }
  Law operator()(const Uniform& law) const {
    return Uniform{law.low * by, law.high * by};
  }
  Law operator()(Empirical law) const {
    for (double& value : law.values) value *= by;
    return law;
  }
};

}  // namespace

Law scaled(const Law& law, double factor) {
  assert(factor > 0 && std::isfinite(factor) && "a scale is positive");
  return std::visit(Scale{factor}, law);
}

Distribution scaled(const Distribution& d, double factor) {
  return {scaled(d.law(), factor), d.at_most() * factor};
}

}  // namespace outagesim

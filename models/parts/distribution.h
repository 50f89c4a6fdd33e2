// A law of chance, optionally cut off: "at most 24 h" is the law given that it
// stays below the bound (rescaled, not clipped). Everything random in a
// scenario is one of these, asked for its quantile at a uniform number.
#pragma once

#include <limits>

#include "models/base/units.h"
#include "models/parts/law.h"

namespace outagesim {

// Cutting keeps what can be kept exact: a fixed, uniform or empirical law cut
// off is one of the same kind without a bound; a lognormal law with sigma 0 is
// fixed. Immutable once made.
class Distribution {
 public:
  Distribution() : Distribution(Fixed{0}) {}
  // Preconditions: parameters in the ranges that parse_distribution admits,
  // and cdf(law, at_most) > 0.
  explicit(false)
      Distribution(Law law,
                   double at_most = std::numeric_limits<double>::infinity());

  const Law& law() const { return law_; }
  bool is_cut() const {
    return at_most_ < std::numeric_limits<double>::infinity();
  }
  double at_most() const { return at_most_; }  // infinite if not cut
  // P(X <= at_most) under the law before cutting; 1 if not cut.
  double mass() const { return mass_; }

  bool operator==(const Distribution&) const = default;

 private:
  Law law_;
  double at_most_;
  double mass_ = 1;
};

// All in base units, or their square. As for Law, see there; a cut law's mean
// and variance are integrated numerically to about ten digits, 0.1 ms.
double mean(const Distribution& d);
double variance(const Distribution& d);
double cdf(const Distribution& d, double x);

// Precondition: 0 < u < 1. The engine's hot path.
double quantile(const Distribution& d, Probability u);

// Rate of the event at x given that it has not happened before; 0 for
// laws made of atoms, infinite at the bound of a cut one.
double hazard(const Distribution& d, double x);
// Its integral from 0 to x: -ln P(X > x).
double cumulative_hazard(const Distribution& d, double x);
// The x at which h has accumulated. Precondition: h > 0.
double inverse_cumulative_hazard(const Distribution& d, double h);

}  // namespace outagesim

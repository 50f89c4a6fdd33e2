// The laws of chance that times and sizes follow: a closed variant, each law
// with the parameters practitioners quote. All are laws of quantities >= 0 in
// base units (seconds, or plain numbers). Pure mathematics: nothing is drawn
// here; the simulation draws u and asks for quantile(law, u).
#pragma once

#include <variant>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

struct Fixed {
  double value = 0;
  bool operator==(const Fixed&) const = default;
};
struct Exponential {
  double mean = 1;
  bool operator==(const Exponential&) const = default;
};
struct Weibull {  // survival exp(-(x / scale)^shape)
  double shape = 1;
  double scale = 1;
  bool operator==(const Weibull&) const = default;
};
struct Lognormal {  // ln x is normal with mean ln(median)
  double median = 1;
  double sigma = 1;
  bool operator==(const Lognormal&) const = default;
};
struct Gamma {  // mean shape × scale
  double shape = 1;
  double scale = 1;
  bool operator==(const Gamma&) const = default;
};
struct LogLogistic {  // survival 1 / (1 + (x / median)^shape)
  double median = 1;
  double shape = 1;
  bool operator==(const LogLogistic&) const = default;
};
struct Uniform {
  double low = 0;
  double high = 1;
  bool operator==(const Uniform&) const = default;
};
struct Empirical {  // each value equally likely; not empty, ascending
  std::vector<double> values;
  bool operator==(const Empirical&) const = default;
};

using Law = std::variant<Fixed, Exponential, Weibull, Lognormal, Gamma,
                         LogLogistic, Uniform, Empirical>;

// Infinite where the law has none (log-logistic with shape <= 1).
double mean(const Law& law);
// Infinite where the law has none (log-logistic with shape <= 2).
double variance(const Law& law);

// P(X <= x) and P(X > x); each precise where it is small.
double cdf(const Law& law, double x);
double survival(const Law& law, double x);

// Per base unit; 0 outside the support and for laws made of atoms.
double density(const Law& law, double x);

// Rate of the event at x given that it has not happened before: density over
// survival, precise in the far tail. 0 for laws made of atoms.
double hazard(const Law& law, double x);

// The smallest x with cdf >= u. Precondition: 0 < u < 1. About 5 to 40 ns;
// the gamma law 500 ns.
double quantile(const Law& law, Probability u);

// -ln survival, >= 0; infinite beyond the support.
double cumulative_hazard(const Law& law, double x);

// The smallest x with cumulative_hazard >= h; precise in the far tail, where
// quantile runs out of digits. Precondition: h > 0.
double inverse_cumulative_hazard(const Law& law, double h);

}  // namespace outagesim

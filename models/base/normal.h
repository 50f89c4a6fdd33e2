// The standard normal law: its quantile is the simulator's most frequent
// special function. Wichura's rational approximations are good to about 16
// digits and cost one logarithm in the tails, none in the middle. [Wichura88]
#pragma once

#include "models/base/units.h"

namespace outagesim {

// Inverse of normal_cdf, relative error about 1e-16. AS 241, PPND16.
// Precondition: 0 < u < 1. [Wichura88, doi:10.2307/2347330]
double normal_quantile(Probability u);

// P(Z <= z); precise in the lower tail too.
Probability normal_cdf(double z);

// ln P(Z > z), for any finite z: no underflow in the far tail.
double normal_log_survival(double z);

// One of several uniforms that share a cause (Gaussian copula): mixes a
// standard normal common to all with one of its own, so that any two of the
// mixtures have correlation rho as normals. Strictly inside (0, 1).
// Precondition: 0 <= rho <= 1.
Probability correlated_uniform(double z_shared, double z_own, double rho);

}  // namespace outagesim

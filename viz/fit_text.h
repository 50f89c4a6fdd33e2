// A fitted law in words: its parameters, their errors, its rivals, its tests.
#pragma once

#include <optional>
#include <string>

#include "sim/experiment/calibration.h"

namespace outagesim {

// "lognormal(mu 4.2526 ln min, sigma 1.1018, at most 24 h)": the scenario
// language, five digits. Minutes for lognormal laws, else hours.
std::string law_text(const FittedLaw& fit, std::optional<Seconds> at_most);

// "mu 4.253 ± 0.072, sigma 1.102 ± 0.051" (standard errors).
std::string parameters_text(const FittedLaw& fit);

// "weibull +12.3, gamma +20.1, …": by how much the AIC of the others is worse.
std::string rivals_text(const TimeFit& fit);

// "Kolmogorov-Smirnov 0.034, p 0.62; Anderson-Darling 0.31, p 0.70".
std::string goodness_text(const TimeFit& fit);

// "n 232, 3 open; left out: 13 without length, 2 longer than 24 h".
std::string counts_text(const TimeFit& fit);

}  // namespace outagesim

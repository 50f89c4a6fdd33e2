// The continuous ranked probability score of a forecast against what happened
// [Gneiting07, eq. 20]: the integral of (F(x) - 1{x >= observed})^2. Zero is
// perfect; for a forecast of one number it is the absolute error; its unit is
// the observation's. Lower is better.
#pragma once

#include "sim/stats/quantiles.h"
#include "sim/stats/survival.h"

namespace outagesim {

// NaN while the forecast is empty. O(bins).
double crps(const Quantiles& forecast, double observed);

// Up to the horizon only (by default the longest time watched, where any was
// censored), as nothing is forecast beyond it; an observation later than that
// counts as at the horizon. The whole score is at least that.
double crps(const Survival& forecast, double observed,
            std::optional<double> horizon = {});

}  // namespace outagesim

// A law of chance on another scale: the same shape, every quantile times a
// factor. What "20 % faster" and "fails half as often" mean.
#pragma once

#include "models/parts/distribution.h"

namespace outagesim {

// The law of factor × X. quantile(scaled(d, f), u) is f × quantile(d, u) up to
// rounding. Precondition: factor > 0 and finite.
Law scaled(const Law& law, double factor);
Distribution scaled(const Distribution& d, double factor);

}  // namespace outagesim

// Distributions as people write them: "5 min", "exponential(mean 3 min)",
// "weibull(shape 0.8, mean 4 h, at most 24 h)". The laws and their parameters
// stand in law_table.h.
#pragma once

#include <string>
#include <string_view>

#include "models/base/parsed.h"
#include "models/parts/dimension.h"
#include "models/parts/distribution.h"

namespace outagesim {

// Ranges: quantities >= 0 (means, medians and scales above 0), shapes 0.1 to
// 1000, sigma 0 to 10; so every quantile is finite. On a mistake `offset` and
// `length` say which bytes of the text are wrong.
Parsed<Distribution> parse_distribution(std::string_view text, Dimension of);

// Text that parse_distribution reads back as an equal distribution.
std::string to_text(const Distribution& d, Dimension of);

}  // namespace outagesim

// Lengths of incidents to come, drawn from a lognormal law. Of very many only
// the largest are drawn one by one: the others are bounded and alike, so that
// their sum is normal.
#pragma once

#include <cstdint>
#include <optional>

#include "models/base/units.h"
#include "models/base/utc_time.h"
#include "models/parts/law.h"
#include "sim/core/random.h"

namespace outagesim {

// An incident as the forecast sees it: begun, and how long, in seconds.
struct PastLength {
  UtcTime start;
  double length = 0;
};

struct LengthsDrawn {
  double sum = 0;      // s
  double longest = 0;  // s; 0 of none
};
// Of n incidents, each drawn anew while above `at_most`. O(min(n, 512)).
LengthsDrawn drawn_lengths(const Lognormal& law, std::optional<Seconds> at_most,
                           std::uint64_t n, Stream& stream);

}  // namespace outagesim

// Lengths of incidents to come, drawn from a lognormal law that may have a
// Pareto tail. Of very many only the largest are drawn one by one: the others
// are bounded and alike, so that their sum is normal.
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

// P(length > x | length > threshold) = (x / threshold)^-index.
struct ParetoTail {
  double threshold = 1;  // s
  double index = 1;      // above 0; the less, the heavier
};

// Which are above the threshold the body says, how far above the tail. Drawn
// anew while above `at_most`, which is above the threshold.
struct LengthLaw {
  Lognormal body;
  std::optional<ParetoTail> tail = std::nullopt;
  std::optional<Seconds> at_most = std::nullopt;
};

struct LengthsDrawn {
  double sum = 0;      // s
  double longest = 0;  // s; 0 of none
};
// Of n incidents. O(min(n, 512)).
LengthsDrawn drawn_lengths(const LengthLaw& law, std::uint64_t n,
                           Stream& stream);

}  // namespace outagesim

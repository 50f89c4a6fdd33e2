// Lengths of incidents to come, from those of the past: lognormal, with the
// uncertainty of the fit. Of very many only the largest are drawn one by one:
// the others are bounded and alike, so that their sum is normal.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

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

// Mean and spread of the logarithms of lengths, and from how many.
struct LogLengths {
  double mean = 0;
  double variance = 0;  // with n - 1
  double n = 0;
};

// Of those that were over by `from`.
LogLengths log_lengths(std::span<const PastLength> past, UtcTime from);

// A law of lengths that the history could have come from: the normal law's
// posterior without opinion beforehand. Precondition: n >= 2, variance > 0.
Lognormal believable_law(const LogLengths& logs, Stream& stream);

struct LengthsDrawn {
  double sum = 0;      // s
  double longest = 0;  // s; 0 of none
};
// Of n incidents, each drawn anew while above `at_most`. O(min(n, 512)).
LengthsDrawn drawn_lengths(const Lognormal& law, std::optional<Seconds> at_most,
                           std::uint64_t n, Stream& stream);

}  // namespace outagesim

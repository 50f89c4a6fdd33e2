// How long the long ones are. Above a threshold that three in ten of the past
// lengths passed, the next are Pareto distributed: peaks over a threshold, for
// which the law of most lengths need not hold [Davison90]. The index is known
// as well as the past tells it, which loses a tenth of its weight in 30 days.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "models/base/units.h"

namespace outagesim {

// From 1/2 to 8, equally far apart in the logarithm: below 1/2 even the square
// root of a length would have no mean.
inline constexpr std::size_t kTailIndices = 24;
const std::array<double, kTailIndices>& tail_indices();

struct TailModel {
  double threshold = 0;                      // ln s
  double room = 0;                           // ln of at most / threshold
  std::array<double, kTailIndices> weights;  // all together: 1

  // ln of the density at `excess` above the threshold, in logarithms of s.
  // Precondition: 0 < excess <= room.
  double log_density(double excess) const;
  double index_at(double u) const;  // of uniform u: one believable
};

// Lengths of one past window, ln s.
using LogLengths = std::span<const double>;

// From windows, the oldest first, of which the latest 2,000 lengths count.
// Nothing if fewer than kFewestAbove lengths pass a threshold.
inline constexpr std::size_t kFewestAbove = 5;
std::optional<TailModel> tail_model(std::span<const LogLengths> windows,
                                    Seconds window,
                                    std::optional<Seconds> at_most);

}  // namespace outagesim

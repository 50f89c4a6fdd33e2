// How many incidents the next window brings, from the counts of equal windows
// before it. Given how fast the past is forgotten, how the level drifts in a
// year and how incidents cluster, the level is gamma distributed and the next
// count negative binomial, with the uncertainty of the level in it [Harvey89].
// None of the three is known: a grid of them is weighed by a prior and by how
// well each foretold every earlier count from those before it (Bayes' rule), so
// a drift is what the history before the date says of it.
#pragma once

#include <span>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

// A negative binomial law of the next count, and how much to believe it.
struct CountModel {
  double mean = 0;
  double dispersion = 1;  // variance / mean, above 1
  double weight = 0;      // all together: 1
};

// Of 720 combinations. `counts` of windows of that length, the oldest first; at
// least one. Weighed by the last 120 of them. O(counts).
std::vector<CountModel> count_models(std::span<const double> counts,
                                     Seconds window);

// The least count that is not exceeded with probability u. 0 < u < 1.
double count_quantile(const CountModel& model, double u);

}  // namespace outagesim

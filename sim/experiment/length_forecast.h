// Which law the lengths of the next window may have, from the lengths of the
// past. The body is lognormal. Its spread is taken for constant; its level
// wanders from window to window, and the lengths of one window share a step of
// their own beside it: how fast the level is forgotten and how large the step
// is are not known. Whether the longest three in ten follow a Pareto tail
// (sim/experiment/length_tail.h) instead is not known either. All are weighed
// by how well each foretold the lengths of every earlier window from those
// before it. Normal theory with discounting [Harrison99, ch. 2 and 6], without
// opinion beforehand; if nothing is forgotten, nothing shared and there is no
// tail, that is the posterior of one normal sample.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/experiment/length_tail.h"
#include "sim/experiment/lengths.h"

namespace outagesim {

// Of the logarithms of lengths in s: the level is normal around `mean` with
// variance spread^2 / known, that of the next window around it with variance
// spread^2 shared, and 1 / spread^2 is gamma distributed.
struct LengthModel {
  double mean = 0;
  double known = 0;  // as good as so many lengths
  double shape = -0.5, rate = 0;
  double shared = 0;
  bool tailed = false;
  double weight = 0;  // all together: 1
};

struct LengthForecast {
  std::vector<LengthModel> models;  // empty if the lengths have no spread
  std::optional<TailModel> tail;    // of those models that are tailed
  std::optional<Seconds> at_most;

  bool known() const { return !models.empty(); }
};

// From those that were over by `from`, in windows counted back from there; none
// is above `at_most`. O(past + windows).
LengthForecast length_forecast(std::span<const PastLength> past, UtcTime from,
                               Seconds window, std::optional<Seconds> at_most);

// A law that the next lengths could have. Precondition: known.
LengthLaw believable_law(const LengthForecast& forecast, Stream& stream);

}  // namespace outagesim

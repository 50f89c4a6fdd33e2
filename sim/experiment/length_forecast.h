// Which lognormal law the lengths of the next window may have, from the lengths
// of the past. Their spread is taken for constant; their level wanders, how
// fast is not known: a few rates of forgetting are weighed by how well each
// foretold the lengths of every earlier window from those before it. Normal
// theory with discounting [Harrison99, ch. 2 and 6], without opinion
// beforehand; if nothing is forgotten, that is the posterior of one normal
// sample.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/experiment/lengths.h"

namespace outagesim {

// Of the logarithms of lengths in s: the level is normal around `mean` with
// variance spread^2 / known, where 1 / spread^2 is gamma distributed.
struct LengthModel {
  double mean = 0;
  double known = 0;  // as good as so many lengths
  double shape = -0.5, rate = 0;
  double weight = 0;  // all together: 1
};

// From those that were over by `from`, in windows counted back from there.
// Empty if they have no spread. O(past + windows).
std::vector<LengthModel> length_models(std::span<const PastLength> past,
                                       UtcTime from, Seconds window);

// A law that the next lengths could have. Precondition: models are not empty.
Lognormal believable_law(const std::vector<LengthModel>& models,
                         Stream& stream);

}  // namespace outagesim

// log(1 - u): what an exponential time is made of.
#pragma once

#include <cmath>

namespace outagesim {

// A uniform number of 53 bits has a complement that is exact, whose logarithm
// is as precise as log1p, at a third of its time.
inline double log_complement(double u) {
  const double complement = 1 - u;
  return 1 - complement == u ? std::log(complement) : std::log1p(-u);
}

}  // namespace outagesim

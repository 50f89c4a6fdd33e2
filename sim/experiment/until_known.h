// A comparison that stops when enough is known. It looks at prefixes of the
// replications only, after 1024 and after each half as many again, so the
// number of threads does not matter.
#pragma once

#include <optional>

#include "models/base/units.h"
#include "sim/experiment/compare.h"

namespace outagesim {

struct KnownEnough {
  // All differences of the ranking metric are known to this share of the
  // baseline's mean (half-width of the corrected interval).
  std::optional<Fraction> precision;
  // One candidate is the best with this probability. Looked at again and
  // again, so the last look is a little too sure of itself.
  std::optional<Probability> sure;
};

bool is_known(const Comparison& comparison, const KnownEnough& enough);

// At most options.replications. Precondition: no part and no keeper.
CompareResult run_until_known(const std::vector<Candidate>& candidates,
                              const CompareOptions& options,
                              const KnownEnough& enough,
                              const CompareWatch& watch = {});

}  // namespace outagesim

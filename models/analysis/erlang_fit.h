// A law as a mixture of Erlang laws by expectation maximisation [Thummler06]:
// of all ways to share so many phases out among the branches, the one whose
// distribution function comes nearest. The mean is kept exactly.
#pragma once

#include <utility>
#include <vector>

#include "models/analysis/phase_type.h"

namespace outagesim {

// With at most so many phases; the fit by moments (phase_type.h) where that is
// nearer. Preconditions: as fit_phases(). Cost: phases 8: 0.1 s.
PhaseTypeFit fit_erlangs(const Distribution& law, std::uint32_t phases);

// Fits each law once. Precondition: phases >= 2.
class LawFits {
 public:
  explicit LawFits(std::uint32_t phases) : phases_(phases) {}

  const PhaseTypeFit& of(const Distribution& law);  // valid until the next call

 private:
  std::uint32_t phases_;
  std::vector<std::pair<Distribution, PhaseTypeFit>> fits_;
};

}  // namespace outagesim

// A time as the way through a few exponential phases [Neuts81], so that a stage
// that is not exponential can enter a Markov chain. Fitted by moments: the
// first two always (a mixture of two Erlang laws below a coefficient of
// variation of 1 [Tijms94], else two exponentials in parallel, with the third
// moment too [Whitt82] where that comes nearer). The error of the fit is
// stated.
#pragma once

#include <cstdint>
#include <vector>

#include "models/parts/distribution.h"

namespace outagesim {

struct PhaseType {
  std::vector<double> start;        // by phase: probability of beginning there
  std::vector<double> leave;        // by phase: rate of leaving it
  std::vector<std::uint32_t> next;  // by phase: where to; the number of phases
                                    // for the end
  std::uint32_t phases() const {
    return static_cast<std::uint32_t>(leave.size());
  }
};

// E X^order of the phases. order 1 to 3.
double moment(const PhaseType& phases, int order);
double cdf(const PhaseType& phases, double x);

struct PhaseTypeFit {
  PhaseType phases;
  bool exact = false;  // the law is exponential, or a sum of such
  // How far the fit is off: the largest difference of the two distribution
  // functions, and the third moment's relative error (NaN where the law has
  // none that is finite, or none is computed).
  double largest_difference = 0;
  double third_moment_error = 0;
};

// The least coefficient of variation is that of `most_phases`: a law that
// varies less (a fixed time) keeps its mean, not its variance. Precondition:
// mean and variance finite, mean > 0; most_phases >= 2.
PhaseTypeFit fit_phases(const Distribution& law,
                        std::uint32_t most_phases = 20);

}  // namespace outagesim

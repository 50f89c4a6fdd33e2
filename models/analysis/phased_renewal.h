// Up and down in turn, both times by phases: a Markov chain of the phases of
// one, then those of the other.
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/markov_chain.h"
#include "models/analysis/phase_type.h"

namespace outagesim {

struct PhasedRenewal {
  MarkovChain chain;            // the up phases, then the down phases
  std::vector<double> initial;  // just up
  std::vector<std::uint8_t> down;

  double down_at(double t) const;  // probability
};

PhasedRenewal phased_renewal(const PhaseType& up, const PhaseType& down);

// The mean time spent in each phase on the way through.
std::vector<double> time_in_phases(const PhaseType& phases);

// Where one is at a random moment of a time that never ends but begins anew.
std::vector<double> phases_in_equilibrium(const PhaseType& phases);

}  // namespace outagesim

// The long-run probabilities of a Markov chain, with how far they can be
// trusted. Elimination without subtraction [Grassmann85] gives every
// probability, however small, to nearly all digits and costs states³;
// Gauss-Seidel sweeps keep small probabilities as precise as large ones
// [Stewart94, section 3.3]; BiCGSTAB (Eigen) is the independent second opinion,
// precise against the largest probability only.
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/markov_chain.h"
#include "models/analysis/stationary_answer.h"

namespace outagesim {

// Precondition: is_irreducible(chain).
StationaryAnswer stationary(const MarkovChain& chain,
                            const StationaryOptions& options = {});

// Of `probability` as found by any means. O(moves).
double balance_residual(const MarkovChain& chain,
                        const std::vector<double>& probability);

// The sum over marked states.
double probability_of(const std::vector<double>& probability,
                      const std::vector<std::uint8_t>& marked);

// How often the chain enters the marked states, per unit of time.
double entry_rate(const MarkovChain& chain,
                  const std::vector<double>& probability,
                  const std::vector<std::uint8_t>& marked);

}  // namespace outagesim

// The three ways to the long-run probabilities of a chain, see stationary.h.
// Each returns them summing to 1.
#pragma once

#include "models/analysis/markov_chain.h"
#include "models/analysis/stationary_answer.h"

namespace outagesim {

// O(states³), dense.
StationaryAnswer stationary_by_elimination(const MarkovChain& chain);
// O(moves) a sweep.
StationaryAnswer stationary_by_gauss_seidel(const MarkovChain& chain,
                                            const StationaryOptions& options);
// O(moves) an iteration; its own file, for Eigen takes long to compile.
StationaryAnswer stationary_by_bicgstab(const MarkovChain& chain,
                                        const StationaryOptions& options);

}  // namespace outagesim

// A Markov chain over a finite time, by uniformization [Jensen53]: the state
// after a Poisson number of steps of a discrete chain. Only positive numbers
// are added, so nothing cancels; Poisson weights are grown from their mode
// [Fox88], and stepping ends early once the chain no longer moves, or only
// leaks into states without a way out at a steady rate [Darroch67]. Also the
// time until marked states are first entered, with its distribution.
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/markov_chain.h"
#include "models/analysis/stationary.h"

namespace outagesim {

// Probabilities of first, first + 1, … of a Poisson law; what is left out on
// both sides together is below 1e-15. O(sqrt(mean)) numbers.
struct PoissonWeights {
  std::uint64_t first = 0;
  std::vector<double> weight;  // sum 1
};
PoissonWeights poisson_weights(double mean);

// Moves that may still be made; who runs out of them gives up, and what it
// returns means nothing.
struct StepBudget {
  double moves = 0;
  bool is_spent = false;
};

// The probabilities of the states at time t >= 0, from those at 0. Absolute
// error below 1e-12. Cost O(largest exit rate × t × moves) at most.
std::vector<double> transient(const MarkovChain& chain,
                              const std::vector<double>& initial, double t,
                              StepBudget* budget = nullptr);

// The share of [0, t] spent in each state, in the mean. Precondition: t > 0.
std::vector<double> occupancy(const MarkovChain& chain,
                              const std::vector<double>& initial, double t,
                              StepBudget* budget = nullptr);

// All probability in one state.
std::vector<double> surely_in(const MarkovChain& chain, std::uint32_t state);

// The mean time until a marked state is first entered, from `initial`. Solved
// as the mean cycle of a chain that begins anew a unit of time after it was
// absorbed, so that rare goals lose no digits. Precondition: every state can
// reach a marked one, and `initial` gives those no probability.
struct TimeToEnter {
  double mean = 0;
  double residual = 0;  // of the stationary solution behind it
  bool converged = false;
};
TimeToEnter mean_time_to(const MarkovChain& chain,
                         const std::vector<double>& initial,
                         const std::vector<std::uint8_t>& marked);

// P(a marked state was entered by t), for each of the ascending times.
std::vector<double> entered_by(const MarkovChain& chain,
                               const std::vector<double>& initial,
                               const std::vector<std::uint8_t>& marked,
                               const std::vector<double>& times,
                               StepBudget* budget = nullptr);

}  // namespace outagesim

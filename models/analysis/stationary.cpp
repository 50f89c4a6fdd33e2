#include "models/analysis/stationary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/analysis/stationary_solvers.h"

namespace outagesim {
namespace {

constexpr std::uint32_t kMostEliminated = 400;

void normalise(std::vector<double>& p) {
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& each : p) each /= total;
}

// The rates as a dense matrix, row by row.
std::vector<double> dense_rates(const MarkovChain& chain) {
  const std::size_t n = chain.states();
  std::vector<double> q(n * n, 0.0);
  for (std::uint32_t from = 0; from < n; ++from) {
    for (std::uint32_t m = chain.first[from]; m < chain.first[from + 1]; ++m) {
      q[from * n + chain.to[m]] = chain.rate[m];
    }
  }
  return q;
}

// Takes state k out: who went there goes on at once to where it leads.
void eliminate(std::vector<double>& q, std::size_t n, std::size_t k) {
  double out = 0;
  for (std::size_t j = 0; j < k; ++j) out += q[k * n + j];
  for (std::size_t i = 0; i < k; ++i) {
    const double share = q[i * n + k] / out;
    q[i * n + k] = share;
    if (share == 0) continue;
    for (std::size_t j = 0; j < k; ++j) {
      if (j != i) q[i * n + j] += share * q[k * n + j];
    }
  }
}

// Whether what is still to come is below the precision, if changes go on
// shrinking as they did from the last (NaN: none yet) to this one.
bool is_settled(double change, double before, double precision) {
  constexpr double kRounding = 1e-14;
  const double shrinks = change / before;
  return change < kRounding ||
         (shrinks < 1 && change * shrinks / (1 - shrinks) < precision &&
          change < 1e3 * precision);
}

// One pass over the states, in the order of `step`; the largest relative
// change.
class Sweeper {
 public:
  explicit Sweeper(const MarkovChain& chain)
      : chain_(chain), back_(reversed_moves(chain)) {}

  double sweep(std::vector<double>& p, bool forward) const {
    const std::uint32_t n = chain_.states();
    double change = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t state = forward ? i : n - 1 - i;
      double in = 0;
      for (std::uint32_t m = back_.first[state]; m < back_.first[state + 1];
           ++m) {
        in += p[back_.to[m]] * back_.rate[m];
      }
      const double now = in / chain_.exit[state];
      if (now > 0) change = std::max(change, std::abs(now / p[state] - 1));
      p[state] = now;
    }
    return change;
  }

 private:
  const MarkovChain& chain_;
  MarkovChain back_;
};

}  // namespace

StationaryAnswer stationary_by_elimination(const MarkovChain& chain) {
  const std::size_t n = chain.states();
  std::vector<double> q = dense_rates(chain);
  for (std::size_t k = n - 1; k > 0; --k) eliminate(q, n, k);
  StationaryAnswer answer;
  answer.probability.assign(n, 0.0);
  answer.probability[0] = 1;
  for (std::size_t k = 1; k < n; ++k) {
    for (std::size_t i = 0; i < k; ++i) {
      answer.probability[k] += answer.probability[i] * q[i * n + k];
    }
  }
  normalise(answer.probability);
  answer.converged = true;
  return answer;
}

StationaryAnswer stationary_by_gauss_seidel(const MarkovChain& chain,
                                            const StationaryOptions& options) {
  const Sweeper sweeper(chain);
  StationaryAnswer answer;
  answer.probability.assign(chain.states(), 1.0 / chain.states());
  double before = std::numeric_limits<double>::quiet_NaN();
  while (!answer.converged && answer.sweeps < options.most_sweeps) {
    // To and fro is one step: its contraction is steady.
    const double there = sweeper.sweep(answer.probability, true);
    const double change = there + sweeper.sweep(answer.probability, false);
    normalise(answer.probability);
    answer.sweeps += 2;
    answer.converged = is_settled(change, before, options.precision);
    before = change;
  }
  return answer;
}

double balance_residual(const MarkovChain& chain,
                        const std::vector<double>& probability) {
  std::vector<double> surplus(chain.states(), 0.0);
  double largest = 0;
  for (std::uint32_t from = 0; from < chain.states(); ++from) {
    const double out = probability[from] * chain.exit[from];
    largest = std::max(largest, out);
    surplus[from] -= out;
    for (std::uint32_t m = chain.first[from]; m < chain.first[from + 1]; ++m) {
      surplus[chain.to[m]] += probability[from] * chain.rate[m];
    }
  }
  double worst = 0;
  for (const double s : surplus) worst = std::max(worst, std::abs(s));
  return largest > 0 ? worst / largest : 0;
}

StationaryAnswer stationary(const MarkovChain& chain,
                            const StationaryOptions& options) {
  if (chain.states() == 1) {
    return {.probability = {1}, .residual = 0, .sweeps = 0, .converged = true};
  }
  StationaryMethod method = options.method;
  if (method == StationaryMethod::kByItself) {
    method = chain.states() <= kMostEliminated ? StationaryMethod::kElimination
                                               : StationaryMethod::kGaussSeidel;
  }
  StationaryAnswer answer;
  switch (method) {
    case StationaryMethod::kBiCgStab:
      answer = stationary_by_bicgstab(chain, options);
      break;
    case StationaryMethod::kGaussSeidel:
      answer = stationary_by_gauss_seidel(chain, options);
      break;
    default:
      answer = stationary_by_elimination(chain);
  }
  answer.residual = balance_residual(chain, answer.probability);
  return answer;
}

double probability_of(const std::vector<double>& probability,
                      const std::vector<std::uint8_t>& marked) {
  double sum = 0;
  for (std::size_t s = 0; s < marked.size(); ++s) {
    sum += marked[s] ? probability[s] : 0;
  }
  return sum;
}

double entry_rate(const MarkovChain& chain,
                  const std::vector<double>& probability,
                  const std::vector<std::uint8_t>& marked) {
  double flow = 0;
  for (std::uint32_t from = 0; from < chain.states(); ++from) {
    if (marked[from]) continue;
    for (std::uint32_t m = chain.first[from]; m < chain.first[from + 1]; ++m) {
      flow += marked[chain.to[m]] ? probability[from] * chain.rate[m] : 0;
    }
  }
  return flow;
}

}  // namespace outagesim

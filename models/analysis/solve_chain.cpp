#include <algorithm>
#include <limits>

#include "models/analysis/ever_after.h"
#include "models/analysis/scenario_chain.h"
#include "models/analysis/transient.h"

namespace outagesim {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double weighted(const std::vector<double>& p, const std::vector<double>& by) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] * by[i];
  return sum;
}

// Begun out of service counts as none.
void set_time_to_outage(const ProductChain& chain, ChainAnswers& a) {
  std::vector<double> initial = chain.initial;
  double up = 0;
  for (std::size_t i = 0; i < initial.size(); ++i) {
    if (chain.out[i]) initial[i] = 0;
    up += initial[i];
  }
  if (up == 0) return;
  if (!surely_enters(chain.chain, initial, chain.out)) {
    a.time_to_outage = std::numeric_limits<double>::infinity();
    return;
  }
  for (double& p : initial) p /= up;
  const TimeToEnter time = mean_time_to(chain.chain, initial, chain.out);
  a.time_to_outage = time.converged ? up * time.mean : kUnknown;
  a.residual = std::max(a.residual, time.residual);
}

void set_long_run(const ProductChain& chain, ChainAnswers& a) {
  a.long_run = kUnknown;
  const auto settled = ever_after(chain.chain);
  if (!settled || !settled->converged) return;
  a.long_run = weighted(settled->probability, chain.served);
  a.residual = std::max(a.residual, settled->residual);
}

// The mean of the least of the first outage and the horizon.
double time_within(const ProductChain& chain, double t, StepBudget& budget) {
  const std::vector<double> spent = occupancy(
      made_absorbing(chain.chain, chain.out), chain.initial, t, &budget);
  double before = 0;
  for (std::size_t i = 0; i < spent.size(); ++i) {
    if (!chain.out[i]) before += spent[i];
  }
  return before * t;
}

}  // namespace

ChainSolution solve_chain(const ProductChain& chain, Seconds horizon,
                          double most_work) {
  ChainSolution solution;
  ChainAnswers& a = solution.answers;
  const double t = horizon.value;
  StepBudget budget{most_work};
  const std::vector<double> spent =
      occupancy(chain.chain, chain.initial, t, &budget);
  const std::vector<double> entered =
      entered_by(chain.chain, chain.initial, chain.out, {t}, &budget);
  a.time_within = time_within(chain, t, budget);
  if (budget.is_spent) {
    solution.why_not = "its fastest step is too fast for so long a horizon";
    return solution;
  }
  a.availability = weighted(spent, chain.served);
  a.outages = entry_rate(chain.chain, spent, chain.out) * t +
              probability_of(chain.initial, chain.out);
  a.outage_probability = entered[0];
  if (!chain.uncounted_at.empty()) {
    a.uncounted_rate = weighted(spent, chain.uncounted_at);
  }
  set_time_to_outage(chain, a);
  set_long_run(chain, a);
  solution.solved = true;
  return solution;
}

}  // namespace outagesim

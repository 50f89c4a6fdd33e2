#include "models/analysis/transient.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace outagesim {
namespace {

constexpr double kError = 1e-12;

// The discrete chain that steps at the largest exit rate.
class UniformSteps {
 public:
  explicit UniformSteps(const MarkovChain& chain)
      : chain_(chain), back_(reversed_moves(chain)) {
    for (const double rate : chain.exit) rate_ = std::max(rate_, rate);
    rate_ *= 1.02;  // no state is left for sure: no step swings to and fro
  }

  double rate() const { return rate_; }
  const MarkovChain& chain() const { return chain_; }

  // One step of `p`; returns how much of it moved.
  double step(std::vector<double>& p) {
    next_.resize(p.size());
    double moved = 0;
    for (std::uint32_t s = 0; s < chain_.states(); ++s) {
      double in = p[s] * (1 - chain_.exit[s] / rate_);
      for (std::uint32_t m = back_.first[s]; m < back_.first[s + 1]; ++m) {
        in += p[back_.to[m]] * (back_.rate[m] / rate_);
      }
      moved += std::abs(in - p[s]);
      next_[s] = in;
    }
    p.swap(next_);
    return moved;
  }

 private:
  const MarkovChain& chain_;
  MarkovChain back_;
  double rate_ = 0;
  std::vector<double> next_;
};

// Probability that leaks away into states without a way out, at a rate that
// settles: from then on the rest keeps its shape and shrinks evenly
// [Darroch67].
class SteadyLeak {
 public:
  explicit SteadyLeak(const MarkovChain& chain)
      : chain_(chain), ends_(chain.states(), 0) {
    for (std::uint32_t s = 0; s < chain.states(); ++s) {
      ends_[s] = chain.exit[s] == 0 ? 1 : 0;
      has_ends_ = has_ends_ || ends_[s] != 0;
    }
  }

  // Looks at the probabilities now and then; whether what leaks will change by
  // less than 1e-11 of itself, as far as the last changes tell.
  bool is_steady(const std::vector<double>& p) {
    if (!has_ends_) return false;
    double alive = 0;
    for (std::size_t i = 0; i < p.size(); ++i) alive += ends_[i] ? 0 : p[i];
    if (!(alive > 0)) return false;
    leaks_.assign(p.size(), 0.0);
    double leak = 0, change = 0;
    shape_.resize(p.size(), 0.0);
    for (std::uint32_t s = 0; s < p.size(); ++s) {
      if (ends_[s]) continue;
      change += std::abs(p[s] / alive - shape_[s]);
      shape_[s] = p[s] / alive;
      for (std::uint32_t m = chain_.first[s]; m < chain_.first[s + 1]; ++m) {
        if (!ends_[chain_.to[m]]) continue;
        leaks_[chain_.to[m]] += shape_[s] * chain_.rate[m];
        leak += shape_[s] * chain_.rate[m];
      }
    }
    const bool shape = settles(change, shape_change_);
    const bool rate = settles(std::abs(leak / leak_ - 1), leak_change_);
    shape_change_ = change;
    leak_change_ = std::abs(leak / leak_ - 1);
    leak_ = leak;
    alive_ = alive;
    return shape && rate && leak > 0;
  }

  // Steps first + 1 to last, `rate` of them per unit of time.
  struct StepsToCome {
    std::uint64_t first = 0, last = 0;
    double rate = 0;
  };

  // Adds to `sum` what is still to come after a steady p, by their shares.
  template <class Share>
  void add_rest(std::vector<double>& sum, const std::vector<double>& p,
                StepsToCome steps, Share share) const {
    const double lost = leak_ / steps.rate;  // of what is alive, each step
    double given = 0, gone = 0;
    for (std::uint64_t n = steps.first + 1; n <= steps.last; ++n) {
      const double s = share(n);
      given += s;
      gone -= s * std::expm1(static_cast<double>(n - steps.first) *
                             std::log1p(-lost));
    }
    for (std::size_t i = 0; i < p.size(); ++i) {
      sum[i] += ends_[i] ? given * p[i] + gone * alive_ * leaks_[i] / leak_
                         : (given - gone) * p[i];
    }
  }

 private:
  // Changes that go on to shrink as they did add up to next to nothing.
  static bool settles(double change, double before) {
    constexpr double kRounding = 3e-14, kSettled = 1e-11;
    if (change < kRounding) return true;
    const double shrinks = change / before;
    return shrinks < 1 && change * shrinks / (1 - shrinks) < kSettled;
  }

  const MarkovChain& chain_;
  std::vector<std::uint8_t> ends_;
  bool has_ends_ = false;
  std::vector<double> shape_, leaks_;
  double leak_ = 0, alive_ = 1;
  double shape_change_ = 0, leak_change_ = 0;
};

// Σ over steps k up to `last` of share(k) × the probabilities after k steps.
// Shares sum to 1. The differences of two steps in a row never grow, so what is
// still to come is bounded once they are small.
template <class Share>
std::vector<double> mixed_steps(UniformSteps& steps, std::vector<double> p,
                                std::uint64_t last, Share share,
                                StepBudget* budget) {
  constexpr std::uint64_t kLook = 64;
  const MarkovChain& chain = steps.chain();
  SteadyLeak leak(chain);
  std::vector<double> sum(p.size(), 0.0);
  double given = 0;
  for (std::uint64_t k = 0;; ++k) {
    const double s = share(k);
    given += s;
    if (s > 0) {
      for (std::size_t i = 0; i < p.size(); ++i) sum[i] += s * p[i];
    }
    if (k == last) return sum;
    if (k % kLook == kLook - 1 && leak.is_steady(p)) {
      leak.add_rest(sum, p, {k, last, steps.rate()}, share);
      return sum;
    }
    if (budget)
      budget->moves -= static_cast<double>(chain.to.size() + p.size());
    if (budget && budget->moves < 0) {
      budget->is_spent = true;
      return sum;
    }
    const double moved = steps.step(p);
    if (moved * static_cast<double>(last - k) < kError) {
      const double rest = 1 - given;
      for (std::size_t i = 0; i < p.size(); ++i) sum[i] += rest * p[i];
      return sum;
    }
  }
}

// The moves of the chain whose marked states are one more state, the last, from
// which it begins anew after a mean time of 1.
std::vector<ChainMove> begun_anew(const MarkovChain& chain,
                                  const std::vector<double>& initial,
                                  const std::vector<std::uint8_t>& marked) {
  std::vector<ChainMove> moves;
  const std::uint32_t goal = chain.states();
  for (std::uint32_t from = 0; from < chain.states(); ++from) {
    if (initial[from] > 0) moves.push_back({goal, from, initial[from]});
    if (marked[from]) continue;
    for (std::uint32_t m = chain.first[from]; m < chain.first[from + 1]; ++m) {
      const std::uint32_t to = chain.to[m];
      moves.push_back({from, marked[to] ? goal : to, chain.rate[m]});
    }
  }
  return moves;
}

// The chain of the states that can be reached from `start`, which is its first.
MarkovChain reachable_from(std::uint32_t start, std::uint32_t states,
                           std::vector<ChainMove> moves) {
  const MarkovChain all = make_chain(states, moves);
  std::vector<std::uint32_t> number(states, states);
  std::vector<std::uint32_t> open{start};
  std::uint32_t count = 0;
  number[start] = count++;
  while (!open.empty()) {
    const std::uint32_t s = open.back();
    open.pop_back();
    for (std::uint32_t m = all.first[s]; m < all.first[s + 1]; ++m) {
      if (number[all.to[m]] != states) continue;
      number[all.to[m]] = count++;
      open.push_back(all.to[m]);
    }
  }
  std::erase_if(moves,
                [&](const ChainMove& m) { return number[m.from] == states; });
  for (ChainMove& m : moves) m = {number[m.from], number[m.to], m.rate};
  return make_chain(count, std::move(moves));
}

}  // namespace

PoissonWeights poisson_weights(double mean) {
  assert(mean >= 0);
  constexpr double kLeftOut = 1e-18;  // of the largest weight, each side's end
  const auto mode = static_cast<std::uint64_t>(mean);
  std::vector<double> below, above{1};
  double weight = 1;
  for (std::uint64_t k = mode; k > 0 && weight > kLeftOut; --k) {
    weight *= static_cast<double>(k) / mean;
    below.push_back(weight);
  }
  weight = 1;
  for (std::uint64_t k = mode + 1; weight > kLeftOut; ++k) {
    weight *= mean / static_cast<double>(k);
    above.push_back(weight);
  }
  PoissonWeights weights;
  weights.first = mode - below.size();
  weights.weight.assign(below.rbegin(), below.rend());
  weights.weight.insert(weights.weight.end(), above.begin(), above.end());
  // From the outside inwards, small numbers first.
  const double total = std::accumulate(below.rbegin(), below.rend(), 0.0) +
                       std::accumulate(above.rbegin(), above.rend(), 0.0);
  for (double& w : weights.weight) w /= total;
  return weights;
}

std::vector<double> transient(const MarkovChain& chain,
                              const std::vector<double>& initial, double t,
                              StepBudget* budget) {
  UniformSteps steps(chain);
  if (steps.rate() * t == 0) return initial;
  const PoissonWeights weights = poisson_weights(steps.rate() * t);
  const auto share = [&](std::uint64_t k) {
    return k < weights.first ? 0 : weights.weight[k - weights.first];
  };
  return mixed_steps(steps, initial, weights.first + weights.weight.size() - 1,
                     share, budget);
}

std::vector<double> occupancy(const MarkovChain& chain,
                              const std::vector<double>& initial, double t,
                              StepBudget* budget) {
  UniformSteps steps(chain);
  if (steps.rate() * t == 0) return initial;
  const double mean = steps.rate() * t;
  const PoissonWeights weights = poisson_weights(mean);
  // P(more than k steps by t) / (rate t) [Trivedi02, eq. 8.47].
  std::vector<double> beyond(weights.weight.size() + 1, 0.0);
  for (std::size_t i = weights.weight.size(); i-- > 0;) {
    beyond[i] = beyond[i + 1] + weights.weight[i];
  }
  const auto share = [&](std::uint64_t k) {
    return (k < weights.first ? 1 : beyond[k - weights.first + 1]) / mean;
  };
  return mixed_steps(steps, initial, weights.first + weights.weight.size() - 1,
                     share, budget);
}

std::vector<double> surely_in(const MarkovChain& chain, std::uint32_t state) {
  std::vector<double> p(chain.states(), 0.0);
  p[state] = 1;
  return p;
}

TimeToEnter mean_time_to(const MarkovChain& chain,
                         const std::vector<double>& initial,
                         const std::vector<std::uint8_t>& marked) {
  const std::uint32_t goal = chain.states();
  const MarkovChain cycle = reachable_from(goal, chain.states() + 1,
                                           begun_anew(chain, initial, marked));
  const StationaryAnswer answer = stationary(cycle);
  const double at_goal = answer.probability[0];
  double away = 0;
  for (std::uint32_t s = 1; s < cycle.states(); ++s) {
    away += answer.probability[s];
  }
  return {away / at_goal, answer.residual, answer.converged};
}

std::vector<double> entered_by(const MarkovChain& chain,
                               const std::vector<double>& initial,
                               const std::vector<std::uint8_t>& marked,
                               const std::vector<double>& times,
                               StepBudget* budget) {
  const MarkovChain open = made_absorbing(chain, marked);
  std::vector<double> p = initial, shares;
  double now = 0;
  for (const double t : times) {
    p = transient(open, p, t - now, budget);
    now = t;
    shares.push_back(probability_of(p, marked));
  }
  return shares;
}

}  // namespace outagesim

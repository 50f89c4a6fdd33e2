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

// Σ over steps k up to `last` of share(k) × the probabilities after k steps.
// Shares sum to 1. The differences of two steps in a row never grow, so what is
// still to come is bounded once they are small.
template <class Share>
std::vector<double> mixed_steps(UniformSteps& steps, std::vector<double> p,
                                std::uint64_t last, Share share) {
  std::vector<double> sum(p.size(), 0.0);
  double given = 0;
  for (std::uint64_t k = 0;; ++k) {
    const double s = share(k);
    given += s;
    if (s > 0) {
      for (std::size_t i = 0; i < p.size(); ++i) sum[i] += s * p[i];
    }
    if (k == last) return sum;
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
                              const std::vector<double>& initial, double t) {
  UniformSteps steps(chain);
  if (steps.rate() * t == 0) return initial;
  const PoissonWeights weights = poisson_weights(steps.rate() * t);
  const auto share = [&](std::uint64_t k) {
    return k < weights.first ? 0 : weights.weight[k - weights.first];
  };
  return mixed_steps(steps, initial, weights.first + weights.weight.size() - 1,
                     share);
}

std::vector<double> occupancy(const MarkovChain& chain,
                              const std::vector<double>& initial, double t) {
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
                     share);
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
                               const std::vector<double>& times) {
  const MarkovChain open = made_absorbing(chain, marked);
  std::vector<double> p = initial, shares;
  double now = 0;
  for (const double t : times) {
    p = transient(open, p, t - now);
    now = t;
    shares.push_back(probability_of(p, marked));
  }
  return shares;
}

}  // namespace outagesim

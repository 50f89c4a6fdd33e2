#include "models/analysis/retry_chain.h"

#include <Eigen/Sparse>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace outagesim {
namespace {

using Matrix = Eigen::SparseMatrix<double>;
using Vector = Eigen::VectorXd;
using Solver = Eigen::SparseLU<Matrix>;

class Chain {
 public:
  explicit Chain(const RetryChain& law)
      : law_(law),
        columns_(law.retrying + 1),
        states_(static_cast<int>((law.room + 1) * columns_)) {
    for (std::uint32_t n = 0; n <= law.room; ++n) {
      for (std::uint32_t j = 0; j <= law.retrying; ++j) leave(n, j);
    }
    rates_.resize(states_, states_);
    rates_.setFromTriplets(entries_.begin(), entries_.end());
  }

  const Matrix& rates() const { return rates_; }
  int states() const { return states_; }
  int state(std::uint32_t n, std::uint32_t j) const {
    return static_cast<int>(n * columns_ + j);
  }
  std::uint32_t queue_of(int state) const {
    return static_cast<std::uint32_t>(state) / columns_;
  }

 private:
  void add(int from, int to, double rate) {
    if (rate <= 0 || from == to) return;
    entries_.emplace_back(from, to, rate);
    entries_.emplace_back(from, from, -rate);
  }

  // A call arrives that leaves `waiting` others to be retried.
  void arrive(int from, std::uint32_t n, std::uint32_t waiting, double rate) {
    const double again = 1 - 1 / std::max(1.0, law_.attempts);
    const bool is_full = n == law_.room;
    const double fails =
        is_full
            ? 1
            : timeout_probability(n, law_.capacity.value * law_.timeout.value);
    const std::uint32_t to = is_full ? n : n + 1;
    const std::uint32_t more = std::min(waiting + 1, law_.retrying);
    add(from, state(to, more), rate * fails * again);
    add(from, state(to, waiting), rate * (1 - fails * again));
  }

  void leave(std::uint32_t n, std::uint32_t j) {
    const int from = state(n, j);
    arrive(from, n, j, law_.offered.value);
    const double pause = law_.timeout.value + law_.backoff.value;
    if (j > 0) arrive(from, n, j - 1, j / pause);
    if (n > 0) add(from, state(n - 1, j), law_.capacity.value);
  }

  const RetryChain& law_;
  std::uint32_t columns_;
  int states_;
  std::vector<Eigen::Triplet<double>> entries_;
  Matrix rates_;
};

// (I − step × Qᵀ)⁻¹: one implicit step of the law of the state.
struct ImplicitStep {
  ImplicitStep(const Chain& chain, double step) {
    Matrix identity(chain.states(), chain.states());
    identity.setIdentity();
    Matrix matrix = identity - step * Matrix(chain.rates().transpose());
    matrix.makeCompressed();
    solver.compute(matrix);
    assert(solver.info() == Eigen::Success && "a generator's resolvent exists");
  }
  Vector operator()(const Vector& law) { return solver.solve(law); }
  Solver solver;
};

Vector stationary(const Chain& chain, ImplicitStep& step) {
  Vector law = Vector::Constant(chain.states(), 1.0 / chain.states());
  for (int i = 0; i < 500; ++i) {
    Vector next = step(law);
    next /= next.sum();
    const double moved = (next - law).lpNorm<1>();
    law = next;
    if (moved < 1e-13) break;
  }
  return law;
}

// The slowest mode: of a difference of laws, which sums to nothing, a step
// leaves 1 / (1 + step × gap).
double slowest(const Chain& chain, ImplicitStep& one, double step) {
  Vector mode = Vector::Zero(chain.states());
  mode(0) = 1;
  mode(chain.states() - 1) = -1;
  double left = 0;
  for (int i = 0; i < 2000; ++i) {
    Vector next = one(mode);
    next.array() -= next.sum() / chain.states();
    const double now = next.norm() / mode.norm();
    mode = next / next.norm();
    const bool settled = std::abs(now - left) < 1e-14 && i > 10;
    left = now;
    if (settled) break;
  }
  return (1 / left - 1) / step;
}

// Mean time to leave the states for which `stays` holds, from `start`.
template <class Stays>
double mean_time(const Chain& chain, int start, Stays stays) {
  std::vector<int> index(static_cast<std::size_t>(chain.states()), -1);
  int inside = 0;
  for (int s = 0; s < chain.states(); ++s) {
    if (stays(s)) index[static_cast<std::size_t>(s)] = inside++;
  }
  std::vector<Eigen::Triplet<double>> entries;
  const Matrix& rates = chain.rates();
  for (int column = 0; column < rates.outerSize(); ++column) {
    for (Matrix::InnerIterator it(rates, column); it; ++it) {
      const int from = index[static_cast<std::size_t>(it.row())];
      const int to = index[static_cast<std::size_t>(it.col())];
      if (from >= 0 && to >= 0) entries.emplace_back(from, to, -it.value());
    }
  }
  Matrix matrix(inside, inside);
  matrix.setFromTriplets(entries.begin(), entries.end());
  Solver solver(matrix);
  const Vector times = solver.solve(Vector::Ones(inside));
  return times(index[static_cast<std::size_t>(start)]);
}

}  // namespace

double timeout_probability(std::uint32_t before, double mean_served) {
  // P(Erlang(n + 1) > T) = P(Poisson(m T) <= n).
  double term = std::exp(-mean_served), sum = term;
  for (std::uint32_t k = 1; k <= before; ++k) {
    term *= mean_served / k;
    sum += term;
  }
  return std::min(1.0, sum);
}

RetryChainAnswer solve(const RetryChain& law) {
  const Chain chain(law);
  const double in_time = law.capacity.value * law.timeout.value;
  const double step = 20 * law.timeout.value;
  ImplicitStep one(chain, step);
  RetryChainAnswer answer;
  answer.gap = {slowest(chain, one, step)};
  const Vector lasting = stationary(chain, one);
  for (int s = 0; s < chain.states(); ++s) {
    if (chain.queue_of(s) > in_time) answer.collapsed += lasting(s);
  }
  const double beyond = std::min(1.5 * in_time, (in_time + law.room) / 2);
  answer.escape = kForever;
  if (law.room > beyond) {
    answer.escape = {mean_time(chain, chain.state(0, 0), [&](int s) {
      return chain.queue_of(s) <= beyond;
    })};
  }
  const int full = chain.state(law.room, law.retrying / 2);
  if (law.room < in_time / 2) return answer;
  answer.recovery = {mean_time(
      chain, full, [&](int s) { return chain.queue_of(s) >= in_time / 2; })};
  return answer;
}

}  // namespace outagesim

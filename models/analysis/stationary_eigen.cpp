#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>
#include <vector>

#include "models/analysis/stationary_solvers.h"

namespace outagesim {
namespace {

using Matrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

// Balance of all states but the first, each divided by its exit rate, row by
// row; the first's probability is taken as 1, and its share is on the right.
struct BalanceRows {
  std::vector<int> first{0}, column;
  std::vector<double> value;
  Eigen::VectorXd right;
};

void add_row(const MarkovChain& chain, const MarkovChain& back,
             std::uint32_t state, BalanceRows& rows) {
  const auto add = [&rows](std::uint32_t from, double value) {
    rows.column.push_back(static_cast<int>(from) - 1);
    rows.value.push_back(value);
  };
  bool has_itself = false;
  for (std::uint32_t m = back.first[state]; m < back.first[state + 1]; ++m) {
    const std::uint32_t from = back.to[m];
    const double share = back.rate[m] / chain.exit[state];
    if (from > state && !has_itself) {
      add(state, 1);
      has_itself = true;
    }
    if (from == 0) {
      rows.right[state - 1] = share;
    } else {
      add(from, -share);
    }
  }
  if (!has_itself) add(state, 1);
  rows.first.push_back(static_cast<int>(rows.value.size()));
}

BalanceRows balance_rows(const MarkovChain& chain) {
  const MarkovChain back = reversed_moves(chain);
  BalanceRows rows;
  rows.right = Eigen::VectorXd::Zero(chain.states() - 1);
  for (std::uint32_t s = 1; s < chain.states(); ++s) {
    add_row(chain, back, s, rows);
  }
  return rows;
}

}  // namespace

StationaryAnswer stationary_by_bicgstab(const MarkovChain& chain,
                                        const StationaryOptions& options) {
  const BalanceRows rows = balance_rows(chain);
  const auto n = static_cast<Eigen::Index>(chain.states() - 1);
  const Eigen::Map<const Matrix> matrix(
      n, n, static_cast<Eigen::Index>(rows.value.size()), rows.first.data(),
      rows.column.data(), rows.value.data());
  Eigen::BiCGSTAB<Matrix> solver;
  solver.setTolerance(options.precision);
  solver.setMaxIterations(options.most_sweeps);
  solver.compute(matrix);
  const Eigen::VectorXd weights = solver.solve(rows.right);
  const double total = 1 + weights.sum();
  StationaryAnswer answer;
  answer.probability.push_back(1 / total);
  for (const double w : weights) answer.probability.push_back(w / total);
  answer.sweeps = static_cast<std::uint32_t>(solver.iterations());
  answer.converged = solver.info() == Eigen::Success;
  return answer;
}

}  // namespace outagesim

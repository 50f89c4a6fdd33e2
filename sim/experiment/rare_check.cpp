#include "sim/experiment/rare_check.h"

#include "models/analysis/product_moves.h"
#include "models/analysis/scenario_chain.h"

namespace outagesim {
namespace {

// Larger chains are sampled, not solved.
constexpr std::uint32_t kMostSolvedStates = 20'000;

std::optional<double> solved(const Model& model, std::uint32_t product) {
  const ProductChain chain =
      product_chain(model, product, {.most_states = kMostSolvedStates});
  if (!chain.why_not.empty()) return std::nullopt;
  const ChainSolution solution =
      solve_chain(chain, model.horizon - model.begins);
  if (!solution.solved) return std::nullopt;
  return solution.answers.outage_probability;
}

RareRow row_of(std::uint32_t product, const RareEstimate& estimate,
               std::optional<double> exact) {
  RareRow row{product, estimate, exact, 0};
  if (exact && estimate.hits > 0) {
    const double error = estimate.relative_error * estimate.probability.value;
    row.z = (estimate.probability.value - *exact) / error;
  }
  return row;
}

}  // namespace

std::vector<RareRow> rare_outages(const Model& model,
                                  const RareOptions& options) {
  std::vector<RareRow> rows;
  for (std::uint32_t i = 0; i < model.products.size(); ++i) {
    if (!product_walk_doubts(model, i).empty()) continue;
    if (product_processes(model, i).empty()) continue;
    if (options.stop.stop_requested()) break;
    const std::optional<double> exact = solved(model, i);
    rows.push_back(
        row_of(i, rare_by_importance_sampling(model, i, options), exact));
    rows.push_back(row_of(i, rare_by_splitting(model, i, options), exact));
  }
  return rows;
}

}  // namespace outagesim

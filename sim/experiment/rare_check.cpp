#include "sim/experiment/rare_check.h"

#include "models/analysis/failure_clocks.h"
#include "models/analysis/scenario_chain.h"

namespace outagesim {
namespace {

// Larger chains are sampled, not solved.
constexpr std::uint32_t kMostSolvedStates = 20'000;

constexpr double kMostWork = 1e9;

struct Solved {
  std::optional<double> probability;
  bool fitted = false;
};

Solved solved(const Model& model, std::uint32_t product) {
  const ProductChain chain =
      product_chain(model, product, {.most_states = kMostSolvedStates});
  if (!chain.why_not.empty()) return {};
  const ChainSolution solution =
      solve_chain(chain, model.horizon - model.begins, kMostWork);
  if (!solution.solved) return {};
  return {solution.answers.outage_probability,
          chain.fit_error > 0 || chain.uncounted_rate > 0};
}

RareRow row_of(std::uint32_t product, const RareEstimate& estimate,
               const Solved& exact) {
  RareRow row{product, estimate, exact.probability, exact.fitted, 0};
  if (exact.probability && !exact.fitted && estimate.hits > 0) {
    const double error = estimate.relative_error * estimate.probability.value;
    row.z = (estimate.probability.value - *exact.probability) / error;
  }
  return row;
}

}  // namespace

std::vector<RareRefusal> rare_refusals(const Model& model) {
  std::vector<RareRefusal> refusals;
  for (std::uint32_t i = 0; i < model.products.size(); ++i) {
    std::vector<std::string> why = failure_clock_doubts(model, i);
    if (!why.empty()) refusals.push_back({i, std::move(why)});
  }
  return refusals;
}

std::vector<RareRow> rare_outages(const Model& model,
                                  const RareOptions& options) {
  std::vector<RareRow> rows;
  for (std::uint32_t i = 0; i < model.products.size(); ++i) {
    if (!failure_clock_doubts(model, i).empty()) continue;
    if (failure_clocks(model, i).empty()) continue;
    if (options.stop.stop_requested()) break;
    const Solved exact = solved(model, i);
    rows.push_back(
        row_of(i, rare_by_importance_sampling(model, i, options), exact));
    rows.push_back(row_of(i, rare_by_splitting(model, i, options), exact));
  }
  return rows;
}

}  // namespace outagesim

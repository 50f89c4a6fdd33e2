#include "sim/experiment/check_chain.h"

namespace outagesim {
namespace {

// Fitted laws multiply the states: fewer are enough for them.
constexpr std::uint32_t kMostFitted = 20'000;

// The plainest first: it says why there is none, and whether laws are fitted.
ProductChain finest_chain(const Model& model, std::uint32_t product,
                          std::uint32_t& phases) {
  phases = 2;
  ProductChain plain = product_chain(model, product, {.phases = phases});
  if (!plain.why_not.empty() || plain.fit_error == 0) return plain;
  for (const std::uint32_t p : {16U, 8U, 4U}) {
    ProductChain chain = product_chain(model, product, {kMostFitted, p});
    if (!chain.why_not.empty()) continue;
    phases = p;
    return chain;
  }
  return plain;
}

}  // namespace

CheckedChain checked_chain(const Model& model, std::uint32_t product) {
  std::uint32_t phases = 0;
  const ProductChain chain = finest_chain(model, product, phases);
  CheckedChain checked;
  checked.why_not = chain.why_not;
  if (!checked.why_not.empty()) return checked;
  const Seconds horizon = model.horizon - model.begins;
  const ChainSolution solution = solve_chain(chain, horizon);
  if (!solution.solved) {
    checked.why_not.push_back(solution.why_not);
    return checked;
  }
  checked.answers = checked.coarser = solution.answers;
  checked.fit_error = chain.fit_error;
  checked.uncounted_rate = chain.uncounted_rate;
  checked.uncounted_share = chain.uncounted_share;
  if (chain.fit_error == 0) return checked;
  checked.coarser_known = false;
  if (phases == 2) return checked;
  const ChainSolution again = solve_chain(
      product_chain(model, product, {.phases = phases / 2}), horizon);
  checked.coarser_known = again.solved;
  if (again.solved) checked.coarser = again.answers;
  return checked;
}

}  // namespace outagesim

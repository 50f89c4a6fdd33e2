#include "sim/experiment/check_chain.h"

#include "models/analysis/load_doubt.h"

namespace outagesim {
namespace {

// Fitted laws multiply the states: fewer are enough for them.
constexpr std::uint32_t kMostFitted = 20'000;
constexpr double kMostUncounted = 1e-4;  // of the time

// The plainest first: it says why there is none, and whether laws are fitted.
ProductChain finest_chain(const Model& model, std::uint32_t product,
                          ProductChainOptions& options) {
  options.phases = 2;
  ProductChain plain = product_chain(model, product, options);
  if (!plain.why_not.empty() || plain.fit_error == 0) return plain;
  for (const std::uint32_t p : {16U, 8U, 4U}) {
    ProductChain chain =
        product_chain(model, product, {kMostFitted, p, options.more_room});
    if (!chain.why_not.empty()) continue;
    options.phases = p;
    return chain;
  }
  return plain;
}

// Half as many phases: how far the answers move.
void set_coarser(const Model& model, std::uint32_t product,
                 ProductChainOptions options, CheckedChain& checked) {
  checked.coarser_known = false;
  if (options.phases == 2) return;
  options.phases /= 2;
  const ProductChain chain = product_chain(model, product, options);
  if (!chain.why_not.empty()) return;
  const ChainSolution again = solve_chain(chain, model.horizon - model.begins);
  checked.coarser_known = again.solved;
  if (again.solved) checked.coarser = again.answers;
}

CheckedChain checked_with(const Model& model, std::uint32_t product,
                          ProductChainOptions options) {
  const ProductChain chain = finest_chain(model, product, options);
  CheckedChain checked;
  checked.why_not = chain.why_not;
  const std::string load = load_doubt(model, product);
  if (!load.empty()) checked.why_not.push_back(load);
  if (!checked.why_not.empty()) return checked;
  const ChainSolution solution =
      solve_chain(chain, model.horizon - model.begins);
  if (!solution.solved) {
    checked.why_not.push_back(solution.why_not);
    return checked;
  }
  checked.answers = checked.coarser = solution.answers;
  checked.states = chain.chain.states();
  checked.fit_error = chain.fit_error;
  const double lost = solution.answers.uncounted_rate;
  checked.uncounted_rate = chain.uncounted_rate + lost;
  checked.uncounted_share = chain.uncounted_share + lost * chain.uncounted_time;
  if (chain.fit_error > 0) set_coarser(model, product, options, checked);
  return checked;
}

}  // namespace

CheckedChain checked_chain(const Model& model, std::uint32_t product) {
  CheckedChain checked;
  for (const std::uint32_t more_room : {1U, 2U, 4U}) {
    checked = checked_with(model, product, {.more_room = more_room});
    const bool fits = checked.uncounted_share <= kMostUncounted;
    if (fits || !checked.why_not.empty()) return checked;
  }
  checked.why_not.push_back(
      "more incidents may be open at once than can be counted");
  return checked;
}

const Metric& time_to_outage_metric() {
  static const Metric kMetric{
      "time_to_outage",
      "s",
      Measure::kTime,
      {Scope::kProduct},
      "beginning of the simulation to the onset of the first outage"};
  return kMetric;
}

const Metric& steady_availability_metric() {
  static const Metric kMetric{"availability_steady",
                              "1",
                              Measure::kAmount,
                              {Scope::kProduct},
                              "share served over the baseline, for ever after"};
  return kMetric;
}

}  // namespace outagesim

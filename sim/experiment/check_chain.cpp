#include "sim/experiment/check_chain.h"

namespace outagesim {
namespace {

// Fitted laws multiply the states: fewer are enough for them.
constexpr std::uint32_t kMostFitted = 20'000;
constexpr double kMostUncounted = 1e-4;  // of the time

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
  checked.states = chain.chain.states();
  checked.fit_error = chain.fit_error;
  const double lost = solution.answers.uncounted_rate;
  checked.uncounted_rate = chain.uncounted_rate + lost;
  checked.uncounted_share = chain.uncounted_share + lost * chain.uncounted_time;
  if (checked.uncounted_share > kMostUncounted) {
    checked.why_not.push_back(
        "more incidents may be open at once than can be counted");
    return checked;
  }
  if (chain.fit_error == 0) return checked;
  checked.coarser_known = false;
  if (phases == 2) return checked;
  const ChainSolution again = solve_chain(
      product_chain(model, product, {.phases = phases / 2}), horizon);
  checked.coarser_known = again.solved;
  if (again.solved) checked.coarser = again.answers;
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

#include "viz/slo_words.h"

#include <cmath>

#include "models/base/text.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {

std::string percent_text(double share, int decimals) {
  return std::isnan(share) ? "n/a" : fixed_decimals(100 * share, decimals);
}

std::string chance_text(const Estimate& met) {
  // No digit that is all in doubt.
  const int decimals = met.high - met.low > 0.1 ? 0 : 1;
  return percent_text(met.value, decimals) + " %" +
         (met.low < met.high ? " (" + percent_text(met.low, decimals) + " … " +
                                   percent_text(met.high, decimals) + ")"
                             : "");
}

std::string gate_text(const ObjectiveVerdict& verdict) {
  if (!verdict.passed) return "";
  const double required = verdict.objective->said.required->value;
  const bool close =
      verdict.met.low <= required && required <= verdict.met.high;
  return std::string(*verdict.passed ? "passed" : "FAILED") +
         (close ? ", too close to call" : "");
}

std::string objective_of(const Model& model,
                         const CompiledObjective& objective) {
  if (objective.product == kNone) return "all users";
  return report::product_label(model, objective.product);
}

std::string used_text(const Estimate& used) {
  if (!used.defined()) return "n/a";
  const auto short_percent = [](double share) {
    return std::isinf(share) ? "∞" : significant(100 * share, 3);
  };
  if (used.high == 0) return "0 %";  // in no window, and not for certain
  return short_percent(used.value) + " % (" + short_percent(used.low) + " … " +
         short_percent(used.high) + ")";
}

std::string gone_text(const Estimate& lasts) {
  if (!lasts.defined()) return "left over";
  const auto moment = [](double t) {
    return std::isfinite(t) ? format_duration(Seconds{t}) : "left over";
  };
  return moment(lasts.value) + " (" + moment(lasts.low) + " … " +
         moment(lasts.high) + ")";
}

}  // namespace outagesim

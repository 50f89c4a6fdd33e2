// The words of objectives: how surely they are met, when a budget is gone.
#pragma once

#include <string>

#include "sim/experiment/slo.h"

namespace outagesim {

// "73.2", without the sign; "n/a" if undefined.
std::string percent_text(double share, int decimals = 1);
// "73.2 % (72.4 … 74.1)"
std::string chance_text(const Estimate& met);
// "passed", "FAILED"; "" if the objective is no gate. Without colour: what
// stands in a table is escaped.
std::string gate_text(const ObjectiveVerdict& verdict);
// The product's label, or "all users".
std::string objective_of(const Model& model,
                         const CompiledObjective& objective);
// "49 % (48 … 51)": of an error budget.
std::string used_text(const Estimate& used);
// When a budget is gone: "9.4 d (9.1 d … 9.7 d)", or that it outlasts its
// window.
std::string gone_text(const Estimate& lasts);

}  // namespace outagesim

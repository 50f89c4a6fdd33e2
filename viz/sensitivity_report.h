// A sensitivity analysis told to a person as a tornado table, as CSV and as
// JSON.
#pragma once

#include <string>
#include <vector>

#include "sim/experiment/sensitivity.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

// An input as its author reads it: "206 min", and its ends.
struct ToldInput {
  std::string name, written, low, high;
};

struct SensitivityStory {
  const Sensitivity& result;
  const std::vector<ToldInput>& inputs;
  const Outcome& outcome;
  const SensitivityOptions& options;
  std::string of_inputs;  // a sentence: where the inputs and ranges come from
};

std::string sensitivity_report(const SensitivityStory& story,
                               const TextStyle& style);

// input,written,low,high,metric,unit,at_low,at_high,swing,ci_low,ci_high,
// does_nothing,first,first_low,first_high,total,total_low,total_high
std::string sensitivity_csv(const SensitivityStory& story);

std::string sensitivity_json(const RunInfo& info,
                             const SensitivityStory& story);

}  // namespace outagesim

// Objectives told to a person: how surely each is met, how its error budget is
// used up, and the weakest links; and the same as CSV and JSON.
#pragma once

#include <string>
#include <string_view>

#include "sim/experiment/slo.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

struct SloStory {
  const Model& model;
  const SloResult& result;
  const RunInfo& info;
  GateRule gate = GateRule::kEstimate;
};

std::string slo_report(const SloStory& story, const TextStyle& style);

// A row for each objective.
std::string slo_csv(const SloStory& story);
std::string slo_json(const SloStory& story);

// "estimate", "low" or "high": what is held against a gate.
std::string_view gate_word(GateRule rule);

// Whether a gate has failed.
bool any_gate_failed(const std::vector<ObjectiveVerdict>& verdicts);

}  // namespace outagesim

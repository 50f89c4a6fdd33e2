// An attribution told to a person, as CSV and as JSON: how much of the total
// each cause brings, or each strategy changes.
#pragma once

#include <string>
#include <vector>

#include "sim/experiment/attribution.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

struct AttributionStory {
  const Attribution& result;
  const std::vector<std::string>& players;
  const Outcome& outcome;
  bool over_strategies = false;
  std::vector<std::string> left_out;  // strategies, each with the reason
};

std::string attribution_report(const AttributionStory& story,
                               const TextStyle& style);

// player,metric,unit,share,ci_low,ci_high,standard_error,relative,alone,last;
// the last row is the total.
std::string attribution_csv(const AttributionStory& story);

std::string attribution_json(const RunInfo& info,
                             const AttributionStory& story);

}  // namespace outagesim

// Chance and ignorance told to a person, as CSV and as JSON.
#pragma once

#include <string>
#include <vector>

#include "sim/experiment/belief.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

struct BeliefStory {
  const BeliefResult& result;
  const BeliefOptions& options;
  const std::vector<std::string>& inputs;  // each in a sentence
  Seconds wall_time{0};
};

std::string belief_report(const BeliefStory& story, const TextStyle& style);

// scope,name,metric,unit,mean,ci_low,ci_high,sd_chance,sd_ignorance,sd_both,
// share_ignorance,share_low,share_high,p5_chance,p50_chance,p95_chance,
// p5_ignorance,p50_ignorance,p95_ignorance,p5_both,p50_both,p95_both
std::string belief_csv(const BeliefStory& story);

std::string belief_json(const RunInfo& info, const BeliefStory& story);

}  // namespace outagesim

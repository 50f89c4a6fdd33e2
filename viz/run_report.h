// The result of a run for a person at a terminal: one sentence, then product by
// product, where the time went, who was hit, where reality fell, and on what
// assumptions. At most 100 columns wide with names of ordinary length.
#pragma once

#include <span>
#include <string>

#include "models/analysis/blast.h"
#include "models/scenario/scenario.h"
#include "sim/experiment/summary.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

struct ReportInput {
  const Scenario& scenario;
  const Summary& summary;
  const RunInfo& info;
  std::span<const FaultBlast> structural;
};

std::string run_report(const ReportInput& input, const TextStyle& style);

}  // namespace outagesim

// What the report of a run tells of.
#pragma once

#include <span>

#include "models/analysis/blast.h"
#include "models/scenario/scenario.h"
#include "sim/experiment/summary.h"
#include "viz/run_info.h"

namespace outagesim {

struct ReportInput {
  const Scenario& scenario;
  const Summary& summary;
  const RunInfo& info;
  std::span<const FaultBlast> structural;
};

}  // namespace outagesim

// The rows of the summary that no simulation is needed for: the structural
// blast radius of each fault, and of all faults together.
#pragma once

#include <span>
#include <vector>

#include "models/analysis/blast.h"
#include "sim/experiment/statistics.h"

namespace outagesim {

// Exact: each interval is its value. `blasts` as fault_blasts() gives them.
std::vector<SummaryRow> structural_rows(std::span<const FaultBlast> blasts);

}  // namespace outagesim

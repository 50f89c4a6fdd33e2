// Objectives as a table of the HTML report.
#pragma once

#include "sim/experiment/slo.h"
#include "viz/report_source.h"

namespace outagesim {

// How surely each is met, its gate, how its error budget is used up and when
// it is gone, and the weakest link. `command` makes the same numbers.
ReportTable objectives_page(const Model& model, const SloTally& tally,
                            std::string command);

}  // namespace outagesim

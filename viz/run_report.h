// The result of a run for a person at a terminal: one sentence, then product by
// product, where the time went, who was hit, where reality fell, and on what
// assumptions. At most 100 columns wide with names of ordinary length.
#pragma once

#include <string>

#include "viz/report_input.h"
#include "viz/text_style.h"

namespace outagesim {

std::string run_report(const ReportInput& input, const TextStyle& style);

}  // namespace outagesim

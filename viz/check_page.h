// The check against exact answers as a table of the HTML report.
#pragma once

#include "viz/check_report.h"
#include "viz/report_source.h"

namespace outagesim {

// What is solved, with z-score and verdict; then what is not, with the reason.
// Nothing to show where there is neither. `command` makes the same numbers.
ReportTable checks_table(const CheckStory& story, std::string command);

}  // namespace outagesim

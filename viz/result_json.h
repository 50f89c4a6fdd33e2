// The result of a run for programs: run.json, and the whole summary as JSON.
// What is not defined is null; an open interval's end is null too.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/experiment/statistics.h"
#include "viz/run_info.h"

namespace outagesim {

// What was run: version, scenario, hash, seed, replications, command, files.
std::string run_json(const RunInfo& info,
                     const std::vector<std::string>& files);

// The same with the rows of summary.csv and observed.csv.
std::string result_json(const RunInfo& info, const Summary& summary,
                        std::span<const SummaryRow> rows);

}  // namespace outagesim

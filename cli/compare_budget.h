// compare --budget: replications spent where the ranking is open.
#pragma once

#include <optional>
#include <vector>

#include "cli/sim_options.h"
#include "sim/experiment/compare.h"

namespace outagesim {

// --sure, if it is given. Throws a UsageError.
std::optional<Probability> read_sure(const Arguments& arguments);

// Prints and writes what came of it; the exit code. Throws a UsageError.
int spend_budget(const Arguments& arguments, const SimOptions& options,
                 const std::vector<Candidate>& candidates,
                 const Scenario& baseline);

}  // namespace outagesim

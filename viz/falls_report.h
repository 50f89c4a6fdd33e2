// How much falls with each service of a large system: the worst of them for
// people, all of them as CSV.
#pragma once

#include <span>
#include <string>

#include "models/analysis/fall_counts.h"
#include "viz/table.h"

namespace outagesim {

// The services that take most others with them, and how many take how many.
std::string falls_text(const Model& model, std::span<const FallCount> falls,
                       const TextStyle& style);
// A row a service, in the author's order. Columns: docs/results.md.
std::string falls_csv(const Model& model, std::span<const FallCount> falls);

}  // namespace outagesim

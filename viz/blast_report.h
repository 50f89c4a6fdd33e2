// The structural blast radius for people and for programs: what falls when a
// service falls, single points of failure, circles.
#pragma once

#include <string>

#include "models/analysis/blast.h"
#include "viz/table.h"

namespace outagesim {

// A line for each service that takes another with it; of one service alone,
// the names of all that fall.
std::string blast_text(const Model& model, const BlastReport& report,
                       const TextStyle& style);
std::string blast_json(const Model& model, const BlastReport& report);

}  // namespace outagesim

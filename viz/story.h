// One replication as a readable story: when, what, why; and what it came to.
#pragma once

#include <string>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/engine/trace.h"
#include "viz/table.h"

namespace outagesim {

enum class Folding { kCells, kOff };

// In order of time. Folding cells: what befalls four or more cells of a
// service, for one reason, is told of the first and of the last of them.
std::string story_text(const Model& model, const Trace& trace,
                       const Replication& replication, const TextStyle& style,
                       Folding folding = Folding::kOff);
std::string story_json(const Model& model, const Trace& trace,
                       const Replication& replication);

}  // namespace outagesim

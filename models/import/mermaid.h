// A system drawn as a Mermaid flowchart: what `outagesim graph` writes reads
// back, and so do plain flowcharts of other people. An arrow leads from a
// service to what it needs; its text may name the kind of the need.
#pragma once

#include <string>

#include "models/import/drawn_system.h"

namespace outagesim {

// Nodes of any shape with their labels, chains of arrows, `&`, subgraphs (taken
// for their members), classes named after a kind of service. Styles and clicks
// are gone past. Throws InputError, with the place, at what is no flowchart, at
// lines without direction, and at arrows to whole subgraphs. O(text + needs).
DrawnSystem read_mermaid(const std::string& path);

}  // namespace outagesim

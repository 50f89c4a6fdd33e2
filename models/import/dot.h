// A system drawn in DOT, the language of Graphviz [Gansner00]: what `outagesim
// graph` writes reads back, and other people's drawings become a scenario to
// begin from. An arrow leads from a service to what it needs.
#pragma once

#include <string>

#include "models/import/drawn_system.h"

namespace outagesim {

// Nodes, chains of arrows, subgraphs (taken for their members), attributes
// `label`, and `kind`, `group`, `at_least` as `outagesim graph` writes them.
// Throws InputError, with the place, where the file is no directed graph, or
// nests or multiplies beyond reason. O(text + needs).
DrawnSystem read_dot(const std::string& path);

}  // namespace outagesim

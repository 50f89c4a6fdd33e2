// A system drawn as a graph, in GraphML [Brandes02]: what `outagesim graph`
// writes reads back, and other tools' graphs become a scenario to begin from.
// An edge leads from a service to what it needs.
#pragma once

#include <string>

#include "models/import/drawn_system.h"

namespace outagesim {

// Throws InputError where the file cannot be read, is no directed graph, or
// has what a scenario cannot say: hyperedges, ports, graphs within nodes.
DrawnSystem read_graphml(const std::string& path);

}  // namespace outagesim

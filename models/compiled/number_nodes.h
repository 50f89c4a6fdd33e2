// The topological order of a graph: what a node needs gets a lower id, circles
// become neighbours.
#pragma once

#include "models/compiled/model.h"

namespace outagesim {

// From a graph whose nodes and needs stand in any order, the needs grouped by
// owner, to the same graph in topological order, with its dependents and
// circles filled in. O(nodes + needs).
Graph number_nodes(Graph draft);

}  // namespace outagesim

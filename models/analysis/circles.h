// Circles among services, by name: those of hard needs, which are legal and
// fall together, and those through a `to_start` need, which can keep a system
// down after its cause is gone: each waits for another before it starts.
#pragma once

#include <vector>

#include "models/compiled/model.h"

namespace outagesim {

struct ServiceCircle {
  std::vector<ServiceId> services;  // in the author's order
};

// Strong components of the cells under hard needs, each set of services once.
// O(nodes + needs), by Boost.Graph.
std::vector<ServiceCircle> hard_circles(const Graph& graph);

// The same under hard and to_start needs, where at least one to_start need lies
// within: once all of it is down, none can come back by itself.
std::vector<ServiceCircle> start_circles(const Graph& graph);

}  // namespace outagesim

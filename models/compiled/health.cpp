#include "models/compiled/health.h"

namespace outagesim {

Health healthy(const Graph& graph) {
  const std::size_t nodes = graph.nodes.size();
  Health health;
  health.own.assign(nodes, 1);
  health.latency.assign(nodes, 0);
  health.cold.assign(graph.targets.size(), 0);
  health.dropped.assign(graph.needs.size(), 0);
  health.balanced.assign(graph.services.size(), 0);
  health.needs.resize(graph.stateful.size());
  health.served.assign(nodes, 1);
  health.full.assign(nodes, 1);
  if (!graph.sticky.empty()) {
    health.rest.assign(nodes, 1);
    health.counted.assign(graph.roots.size(), 1);
  }
  if (graph.has_timeouts) {
    health.seen_latency.assign(nodes, 0);
  }
  return health;
}

}  // namespace outagesim

#include "models/analysis/load_doubt.h"

#include "models/analysis/scenario_chain.h"

namespace outagesim {

std::string load_doubt(const Model& model, std::uint32_t product) {
  const Graph& graph = model.graph;
  const auto cone =
      serving_cone(graph, graph.services[model.products[product]].whole);
  for (const LoadStation& station : model.load.stations) {
    const bool is_bounded =
        station.capacity.value < kNoBound || station.limit.value < kNoBound;
    if (!is_bounded || !cone[station.node]) continue;
    return "requests queue at " +
           graph.services[graph.nodes[station.node].service].name;
  }
  return {};
}

}  // namespace outagesim

#include "models/compiled/need_factor.h"

namespace outagesim {
namespace {

// Inside a circle the answer depends on who asks, so only its size is cut.
Answer cut_by_late_cells(const Graph& graph, const Health& health,
                         NodeId target, Seconds timeout, Answer answer) {
  double in_time = 0;
  for (const NodeId cell : graph.services[graph.nodes[target].service].cells) {
    in_time +=
        health.latency[cell] > timeout.value ? 0 : graph.nodes[cell].weight;
  }
  answer.served *= std::min(1.0, in_time);
  return answer;
}

Answer mean_of_cells_in_time(const Graph& graph, const Health& health,
                             NodeId target, Seconds timeout) {
  double served = 0, full = 0;
  for (const NodeId cell : graph.services[graph.nodes[target].service].cells) {
    if (health.latency[cell] <= timeout.value) {
      const double part = graph.nodes[cell].weight * health.served[cell];
      served += part;
      full += part * health.full[cell];
    }
  }
  return {routed(graph, health, target, served),
          served > 0 ? full / served : 1};
}

}  // namespace

Answer answer_in_time(const Graph& graph, const Health& health, NodeId target,
                      Seconds timeout, Answer answer) {
  if (health.latency[target] > timeout.value) {
    return {0, 1};
  }
  if (!has_cells(graph, target)) {
    return answer;
  }
  return graph.nodes[target].circle == kNone
             ? mean_of_cells_in_time(graph, health, target, timeout)
             : cut_by_late_cells(graph, health, target, timeout, answer);
}

}  // namespace outagesim

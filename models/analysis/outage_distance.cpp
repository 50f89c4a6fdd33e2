#include <algorithm>
#include <limits>
#include <map>

#include "models/analysis/failure_clocks.h"
#include "models/analysis/scenario_chain.h"
#include "models/analysis/served_function.h"
#include "models/analysis/static_tree.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

// A part is an event that loses what the first repair does.
FailureSources events_of(const std::vector<FailureClock>& clocks) {
  FailureSources sources;
  for (const FailureClock& clock : clocks) {
    for (const auto& member : clock.members) {
      FailureSource source;
      source.name = clock.name;
      source.losses = member.losses[1];
      sources.known.push_back(std::move(source));
    }
  }
  return sources;
}

// What only the alternatives that are not the first lean on.
std::vector<std::uint32_t> parts_behind(const Model& model, NeedId id,
                                        const FailureSources& parts) {
  const CompiledNeed& need = model.graph.needs[id];
  const auto targets = targets_of(model.graph, need);
  const auto first = serving_cone(model.graph, targets.front());
  std::vector<std::uint8_t> others(first.size(), 0);
  for (const NodeId target : targets) {
    const auto cone = serving_cone(model.graph, target);
    for (std::size_t n = 0; n < cone.size(); ++n) {
      if (cone[n] != 0 && first[n] == 0) others[n] = 1;
    }
  }
  std::vector<std::uint32_t> behind;
  for (std::uint32_t i = 0; i < parts.known.size(); ++i) {
    const bool is = std::ranges::any_of(
        parts.known[i].losses,
        [&](const NodeLoss& loss) { return others[loss.node] != 0; });
    if (is) behind.push_back(i);
  }
  return behind;
}

}  // namespace

OutageDistance::OutageDistance(const Model& model, std::uint32_t product,
                               const std::vector<FailureClock>& clocks,
                               const SwitchRules& rules)
    : steps_(2) {
  const Model timeless = without_time(model);
  const FailureSources sources = events_of(clocks);
  const ServedFunctions functions = served_functions(timeless, sources);
  const NodeId node = model.graph.services[model.products[product]].whole;
  for (const NeedId id : rules.needs()) {
    behind_.push_back(parts_behind(model, id, sources));
  }
  if (!functions.why_not[node].empty()) return;
  DecisionDiagram diagram(static_cast<std::uint32_t>(sources.known.size()));
  const double bound =
      model.outage.below.value * model.initial.served[node] - kEqual;
  const DiagramRef out =
      functions.diagram.below(functions.served[node], bound, diagram);
  if (diagram.is_full()) return;
  std::vector<DiagramRef> nodes = diagram.nodes_of(out);
  std::ranges::reverse(nodes);
  std::map<DiagramRef, std::uint32_t> at{{kDiagramFalse, 0}, {kDiagramTrue, 1}};
  for (const DiagramRef ref : nodes) {
    if (at.contains(ref)) continue;
    const DiagramNode& n = diagram.node(ref);
    at[ref] = static_cast<std::uint32_t>(steps_.size());
    steps_.push_back({n.variable, at.at(n.low), at.at(n.high)});
  }
}

std::uint32_t OutageDistance::of(const SwitchState& state) const {
  std::vector<std::uint8_t> down(state.down.size(), 0);
  for (std::size_t i = 0; i < down.size(); ++i) down[i] = state.down[i] != 0;
  for (std::size_t i = 0; i < behind_.size(); ++i) {
    if (state.switches[i].phase == SwitchPhase::kRests) continue;
    for (const std::uint32_t part : behind_[i]) down[part] = 1;
  }
  std::vector<std::uint32_t> far(steps_.size(), kFar);
  far[1] = 0;
  for (std::size_t i = 2; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    const std::uint32_t high = far[step.high];
    const std::uint32_t failed = high == kFar ? kFar : high + 1;
    far[i] = down[step.part] ? high : std::min(far[step.low], failed);
  }
  return steps_.size() == 2 ? kFar : far.back();
}

}  // namespace outagesim

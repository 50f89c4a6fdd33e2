#include "models/compiled/causes.h"

#include <algorithm>
#include <cassert>

namespace outagesim {
namespace {

ServiceId service_of(const Model& model, const Process& process) {
  return model.graph.nodes[process.nodes.front()].service;
}

bool fails_by_itself(const Model& model, ServiceId service) {
  return std::ranges::any_of(model.plan.processes, [&](const Process& process) {
    return service_of(model, process) == service;
  });
}

void never_strikes(CompiledFault& fault) {
  fault.trigger = {};
  fault.trigger.at = kForever;
}

void never_fails(Model& model, ServiceId service) {
  std::erase_if(model.plan.processes, [&](const Process& process) {
    return service_of(model, process) == service;
  });
}

void keep_common_causes(Model& model, const std::vector<bool>& keep) {
  std::vector<CommonCauseProcess> kept;
  kept.reserve(keep.size());
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (keep[i]) kept.push_back(model.plan.common_causes[i]);
  }
  model.plan.common_causes = std::move(kept);
}

}  // namespace

std::vector<SwitchableCause> switchable_causes(const Model& model) {
  std::vector<SwitchableCause> causes;
  const Plan& plan = model.plan;
  causes.reserve(plan.faults.size());
  for (std::uint32_t i = 0; i < plan.faults.size(); ++i) {
    causes.push_back({CauseKind::kFault, plan.faults[i].name, i});
  }
  for (ServiceId i = 0; i < model.graph.services.size(); ++i) {
    if (!fails_by_itself(model, i)) continue;
    causes.push_back({CauseKind::kBackground,
                      "failures of " + model.graph.services[i].name, i});
  }
  for (std::uint32_t i = 0; i < plan.common_causes.size(); ++i) {
    causes.push_back({CauseKind::kCommonCause, plan.common_causes[i].name, i});
  }
  return causes;
}

Model with_causes(const Model& model, const std::vector<bool>& keep) {
  const auto causes = switchable_causes(model);
  assert(keep.size() == causes.size());
  Model reduced = model;
  std::vector<bool> common(model.plan.common_causes.size(), true);
  for (std::size_t i = 0; i < causes.size(); ++i) {
    if (keep[i]) continue;
    switch (causes[i].kind) {
      case CauseKind::kFault:
        never_strikes(reduced.plan.faults[causes[i].index]);
        break;
      case CauseKind::kBackground:
        never_fails(reduced, causes[i].index);
        break;
      case CauseKind::kCommonCause:
        common[causes[i].index] = false;
        break;
    }
  }
  keep_common_causes(reduced, common);
  return reduced;
}

}  // namespace outagesim

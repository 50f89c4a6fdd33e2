#include <algorithm>
#include <cassert>

#include "models/base/text.h"
#include "models/compiled/compile_plan.h"
#include "models/compiled/places.h"

namespace outagesim {
namespace {

using Kind = CompiledTrigger::Kind;

struct TriggerCompiler {
  const PlanSource& source;

  CompiledTrigger operator()(const AtTime& when) const {
    CompiledTrigger trigger;
    trigger.kind = Kind::kAtTime;
    trigger.at = when.at;
    return trigger;
  }
  CompiledTrigger operator()(const AtRate& when) const {
    CompiledTrigger trigger;
    trigger.kind = Kind::kAtRate;
    trigger.rate = when.rate;
    return trigger;
  }
  CompiledTrigger operator()(const When& when) const {
    CompiledTrigger trigger = std::visit(*this, when.condition);
    trigger.delay = when.delay;
    trigger.happens = when.happens;
    return trigger;
  }
  CompiledTrigger operator()(const ServedBelow& condition) const {
    CompiledTrigger trigger;
    trigger.kind = Kind::kServedBelow;
    trigger.node = source.whole_of_service(condition.service);
    trigger.below = condition.below;
    trigger.lasting = condition.lasting;
    return trigger;
  }
  CompiledTrigger operator()(const AfterEvent& condition) const {
    const std::string& name = condition.subject.name;
    CompiledTrigger trigger;
    switch (condition.what) {
      case AfterEvent::What::kRemedyDone:
        trigger.kind = Kind::kRemedyDone;
        trigger.subject = source.remedies.find(name);
        break;
      case AfterEvent::What::kFaultStarted:
        trigger.kind = Kind::kFaultStarted;
        trigger.subject = source.faults.find(name);
        break;
      case AfterEvent::What::kFaultEnded:
        trigger.kind = Kind::kFaultEnded;
        trigger.subject = source.faults.find(name);
        break;
    }
    assert(trigger.subject != kNone && "the loader resolves every name");
    return trigger;
  }
};

CompiledCheck compile_check(const PlanSource& source,
                            const HealthCheck& check) {
  CompiledCheck compiled;
  for (const Reference& service : check.services) {
    compiled.services.push_back(source.services.find(service.name));
  }
  compiled.below = check.below;
  compiled.catches = check.catches;
  compiled.halt = check.halt;
  compiled.rollback = check.rollback;
  return compiled;
}

CompiledRollout compile_rollout(const PlanSource& source,
                                const Rollout& rollout,
                                const std::vector<PlaceChoice>& where) {
  CompiledRollout compiled;
  const std::vector<NodeId> cells = candidates(where);
  for (const Wave& wave : rollout.waves) {
    compiled.waves.push_back(
        {choose_cells(source.graph, wave.cells, cells), wave.over, wave.bake});
  }
  compiled.takes_effect = rollout.takes_effect;
  if (rollout.check) {
    compiled.check = compile_check(source, *rollout.check);
  }
  return compiled;
}

CompiledFault compile_fault(const PlanSource& source, const Fault& fault) {
  CompiledFault compiled;
  compiled.name = fault.name;
  compiled.key = name_hash(fault.name);
  compiled.trigger = std::visit(TriggerCompiler{source}, fault.trigger.when);
  compiled.where = compile_places(source.graph, source.services, fault.where);
  compiled.effect = fault.effect;
  compiled.ends = fault.ends;
  compiled.then = fault.then;
  compiled.visible = fault.visible;
  if (fault.rollout) {
    compiled.rollout = compile_rollout(source, *fault.rollout, compiled.where);
  }
  return compiled;
}

}  // namespace

std::vector<CompiledFault> compile_faults(const PlanSource& source) {
  std::vector<CompiledFault> faults;
  faults.reserve(source.scenario.faults.size());
  for (const Fault& fault : source.scenario.faults) {
    faults.push_back(compile_fault(source, fault));
    faults.back().response = source.response_of_fault[faults.size() - 1];
  }
  for (std::uint32_t i = 0; i < source.scenario.remedies.size(); ++i) {
    for (const Reference& name : source.scenario.remedies[i].faults) {
      const std::uint32_t fault = source.faults.find(name.name);
      if (fault != kNone) faults[fault].remedies.push_back(i);
    }
  }
  return faults;
}

}  // namespace outagesim

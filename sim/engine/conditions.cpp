#include "sim/engine/conditions.h"

namespace outagesim {
namespace {

bool holds(const World& world, const CompiledTrigger& trigger) {
  return world.health.served[trigger.node] <
         trigger.below.value * world.model.initial.served[trigger.node];
}

// The condition is met: by chance it causes the fault, perhaps after a while.
void fire(World& world, std::uint32_t fault) {
  const CompiledFault& f = world.model.plan.faults[fault];
  const std::uint32_t occasion = world.conditions[fault].fired++;
  const double u = draw(world, f.key, Purpose::kHappens, occasion).value;
  if (u >= f.trigger.happens.value) return;
  const Seconds delay = f.trigger.delay
                            ? draw_time(world, *f.trigger.delay, f.key,
                                        Purpose::kTriggerDelay, occasion)
                            : Seconds{0};
  schedule(world, world.now + delay, {EventKind::kFaultStrikes, fault, 0, 0});
}

}  // namespace

void watch_conditions(World& world, NodeId changed) {
  const auto& faults = world.model.plan.faults;
  for (std::uint32_t i = 0; i < faults.size(); ++i) {
    const CompiledTrigger& trigger = faults[i].trigger;
    if (trigger.kind != CompiledTrigger::Kind::kServedBelow ||
        trigger.node != changed) {
      continue;
    }
    ConditionState& state = world.conditions[i];
    const bool below = holds(world, trigger);
    if (below == state.below) continue;
    state.below = below;
    ++state.epoch;
    if (below) {
      schedule(world, world.now + trigger.lasting,
               {EventKind::kConditionHeld, i, 0, state.epoch});
    }
  }
}

void condition_held(World& world, std::uint32_t fault) { fire(world, fault); }

void fire_after(World& world, CompiledTrigger::Kind what,
                std::uint32_t subject) {
  const auto& faults = world.model.plan.faults;
  for (std::uint32_t i = 0; i < faults.size(); ++i) {
    if (faults[i].trigger.kind == what &&
        faults[i].trigger.subject == subject) {
      fire(world, i);
    }
  }
}

}  // namespace outagesim

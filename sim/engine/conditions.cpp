#include "sim/engine/conditions.h"

#include <algorithm>
#include <cassert>

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

std::vector<Watcher>& watchers_of(World& world, CompiledTrigger::Kind kind) {
  assert(kind >= CompiledTrigger::Kind::kServedBelow);
  return world
      .watchers[static_cast<std::size_t>(kind) -
                static_cast<std::size_t>(CompiledTrigger::Kind::kServedBelow)];
}

// In the order of the faults. O(log faults).
auto watching(World& world, CompiledTrigger::Kind kind, std::uint32_t subject) {
  return std::ranges::equal_range(watchers_of(world, kind), subject, {},
                                  &Watcher::subject);
}

}  // namespace

void list_watchers(World& world) {
  const auto& faults = world.model.plan.faults;
  for (std::uint32_t i = 0; i < faults.size(); ++i) {
    const CompiledTrigger& trigger = faults[i].trigger;
    if (trigger.kind == CompiledTrigger::Kind::kServedBelow) {
      watchers_of(world, trigger.kind).push_back({trigger.node, i});
    } else if (trigger.subject != kNone) {
      watchers_of(world, trigger.kind).push_back({trigger.subject, i});
    }
  }
  for (auto& watchers : world.watchers) std::ranges::sort(watchers);
}

void watch_conditions(World& world, NodeId changed) {
  for (const Watcher& watcher :
       watching(world, CompiledTrigger::Kind::kServedBelow, changed)) {
    const std::uint32_t i = watcher.fault;
    const CompiledTrigger& trigger = world.model.plan.faults[i].trigger;
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
  for (const Watcher& watcher : watching(world, what, subject)) {
    fire(world, watcher.fault);
  }
}

}  // namespace outagesim

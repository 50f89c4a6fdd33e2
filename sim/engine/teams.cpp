#include "sim/engine/teams.h"

#include <cmath>

#include "sim/engine/incidents.h"
#include "sim/engine/remedies.h"

namespace outagesim {
namespace {

void grant(World& world, std::uint32_t id) {
  Task& task = world.tasks[id];
  task.waiting = false;
  const Task granted = task;
  --world.teams[granted.team].free;
  if (granted.engage) {
    world.incidents[granted.subject].team = granted.team;
    engaged(world, granted.subject);
  } else {
    world.runs[granted.subject].team = granted.team;
    begin_remedy(world, granted.subject);
  }
}

}  // namespace

std::uint32_t ask_for_responder(World& world, const Task& task) {
  const auto id = static_cast<std::uint32_t>(world.tasks.size());
  world.tasks.push_back(task);
  if (world.teams[task.team].free > 0) {
    grant(world, id);
    return id;
  }
  const CompiledTeam& team = world.model.plan.teams[task.team];
  world.teams[task.team].queue.push_back(id);
  if (world.trace) tell(world, "all responders of " + team.name + " are busy");
  if (team.escalates_to != kNone) {
    schedule(world, world.now + team.escalates_after,
             {EventKind::kEscalate, id, 0, 0});
  }
  return id;
}

void cancel_task(World& world, std::uint32_t task) {
  if (task != kNone) world.tasks[task].waiting = false;
}

void release_responder(World& world, std::uint32_t team) {
  TeamState& state = world.teams[team];
  ++state.free;
  while (state.free > 0 && state.first_waiting < state.queue.size()) {
    const std::uint32_t task = state.queue[state.first_waiting++];
    if (world.tasks[task].waiting) grant(world, task);
  }
}

void escalate(World& world, std::uint32_t id) {
  if (!world.tasks[id].waiting) return;
  Task task = world.tasks[id];
  world.tasks[id].waiting = false;
  const CompiledTeam& team = world.model.plan.teams[task.team];
  task.team = team.escalates_to;
  if (world.trace) {
    tell(world, team.name + " calls " + world.model.plan.teams[task.team].name);
  }
  const auto next = static_cast<std::uint32_t>(world.tasks.size());
  if (task.engage) {
    world.incidents[task.subject].task = next;
  } else {
    world.runs[task.subject].task = next;
  }
  ask_for_responder(world, task);
}

Seconds off_hours_delay(const World& world, std::uint32_t team,
                        std::uint64_t key) {
  if (team == kNone) return {0};
  const CompiledTeam& t = world.model.plan.teams[team];
  if (!t.on_call || t.on_call_clock == kNone) return {0};
  const Clock& on_call = world.model.plan.clocks[t.on_call_clock];
  if (factor_at(on_call, since_start(world)) > 0) return {0};
  return draw_time(world, t.on_call->delay_outside, key, Purpose::kOffHours);
}

Seconds with_hand_overs(const World& world, std::uint32_t team, Seconds work) {
  if (team == kNone) return work;
  const CompiledTeam& t = world.model.plan.teams[team];
  if (!t.shift) return work;
  return work + t.hand_over * std::floor(work / *t.shift);
}

}  // namespace outagesim

#include "sim/engine/switching.h"

#include "sim/engine/standing.h"

namespace outagesim {
namespace {

const CompiledNeed& need_of(const World& world, std::uint32_t state) {
  const Graph& graph = world.model.graph;
  return graph.needs[graph.stateful[state]];
}

const Need& law_of(const World& world, const CompiledNeed& need) {
  return world.model.graph.need_laws[need.law];
}

// "api's need `place`" as an entity of its own for draws.
std::uint64_t key_of(const World& world, const CompiledNeed& need) {
  return mixed(world.node_keys[need.owner], need.law_key);
}

// Index of the draws of the turn that begins now. A stroke that made the need
// leave one alternative may, by its end, make it leave another: each is a turn
// of its own.
std::uint64_t turn_of(const World& world, const CompiledNeed& need) {
  return mixed(present_occasion(world), world.health.needs[need.state].active);
}

// What alternative `i` would serve.
double served_by(const World& world, const CompiledNeed& need,
                 std::uint32_t i) {
  const std::uint32_t entry = need.first_target + i;
  if (world.health.cold[entry] != 0) return 0;
  return world.health.served[world.model.graph.targets[entry]];
}

bool works(const World& world, const CompiledNeed& need, std::uint32_t i) {
  return served_by(world, need, i) >= law_of(world, need).switch_below.value;
}

// The alternative to turn to, or kNone: the first that works, but the one in
// use.
std::uint32_t choice(const World& world, const CompiledNeed& need) {
  const std::uint32_t active = world.health.needs[need.state].active;
  for (std::uint32_t i = 0; i < need.targets; ++i) {
    if (i != active && works(world, need, i)) return i;
  }
  return kNone;
}

void plan_switch(World& world, Seconds takes, const Event& event) {
  takes > Seconds{0} ? schedule(world, world.now + takes, event)
                     : schedule_first(world, world.now, event);
}

// Dependents that have turned elsewhere no longer wait for the failed place.
void resolve_standing_of(World& world, std::uint32_t state) {
  auto i = world.drives[state].standing;
  world.drives[state].standing = kNone;
  for (; i != kNone; i = world.standing[i].next_of_need) {
    resolve_standing(world, i);
  }
}

void start_switch(World& world, std::uint32_t state, std::uint32_t wanted) {
  const CompiledNeed& need = need_of(world, state);
  const Need& law = law_of(world, need);
  NeedDrive& drive = world.drives[state];
  drive.wanted = wanted;
  drive.cause = world.cause;
  drive.occasion = turn_of(world, need);
  ++drive.epoch;
  if (!law.switch_time) return switch_done(world, state);
  const Seconds takes = draw_time(world, *law.switch_time, key_of(world, need),
                                  Purpose::kSwitchTime, drive.occasion);
  world.health.needs[state].switching = true;
  world.propagation.mark(need.owner);
  plan_switch(world, takes, {EventKind::kSwitchDone, state, 0, drive.epoch});
}

// Whether the machine should act: the active one fails, or the first is back.
bool wants_switch(const World& world, const CompiledNeed& need) {
  const std::uint32_t active = world.health.needs[need.state].active;
  if (!works(world, need, active)) return true;
  return law_of(world, need).switch_back && active != 0 &&
         works(world, need, 0);
}

}  // namespace

void alternative_changed(World& world, NeedId id) {
  const CompiledNeed& need = world.model.graph.needs[id];
  const Need& law = law_of(world, need);
  NeedDrive& drive = world.drives[need.state];
  if (law.switch_by == SwitchBy::kHand ||
      world.health.needs[need.state].switching) {
    return;
  }
  if (!wants_switch(world, need)) {
    drive.stuck = false;
    if (drive.detecting) ++drive.epoch;
    drive.detecting = false;
    return;
  }
  if (drive.detecting || drive.stuck) return;
  drive.detecting = true;
  drive.cause = world.cause;
  ++drive.epoch;
  drive.occasion = turn_of(world, need);
  const Seconds takes =
      law.switch_detection
          ? draw_time(world, *law.switch_detection, key_of(world, need),
                      Purpose::kSwitchDetection, drive.occasion)
          : Seconds{0};
  plan_switch(world, takes,
              {EventKind::kSwitchDetected, need.state, 0, drive.epoch});
}

void switch_detected(World& world, std::uint32_t state) {
  const CompiledNeed& need = need_of(world, state);
  NeedDrive& drive = world.drives[state];
  drive.detecting = false;
  world.cause = drive.cause;
  if (!wants_switch(world, need)) return;
  const std::uint32_t wanted = choice(world, need);
  if (wanted == kNone) return;
  const double u =
      draw(world, key_of(world, need), Purpose::kCoverage, drive.occasion)
          .value;
  if (u >= law_of(world, need).coverage.value) {
    drive.stuck = true;
    if (world.trace) {
      tell(world,
           node_name(world.model.graph, need.owner) + " fails to switch over");
    }
    return;
  }
  start_switch(world, state, wanted);
}

void switch_done(World& world, std::uint32_t state) {
  const CompiledNeed& need = need_of(world, state);
  const Graph& graph = world.model.graph;
  NeedState& now = world.health.needs[state];
  now.active = world.drives[state].wanted;
  now.switching = false;
  world.cause = world.drives[state].cause;
  world.propagation.mark(need.owner);
  if (world.trace) {
    tell(world,
         node_name(graph, need.owner) + " now uses " +
             node_name(graph, graph.targets[need.first_target + now.active]));
  }
  resolve_standing_of(world, state);
  alternative_changed(world, graph.stateful[state]);
}

void turn(World& world, NeedId id) {
  const CompiledNeed& need = world.model.graph.needs[id];
  if (world.health.needs[need.state].switching) return;
  if (works(world, need, world.health.needs[need.state].active)) return;
  const std::uint32_t wanted = choice(world, need);
  if (wanted == kNone) {
    if (world.trace) {
      tell(world,
           node_name(world.model.graph, need.owner) + " has nowhere to turn");
    }
    return;
  }
  start_switch(world, need.state, wanted);
}

}  // namespace outagesim

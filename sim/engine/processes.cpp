#include "sim/engine/processes.h"

#include <algorithm>

#include "models/parts/equilibrium.h"
#include "models/parts/log_complement.h"
#include "sim/engine/effects.h"
#include "sim/engine/ongoing.h"
#include "sim/engine/settling.h"

namespace outagesim {
namespace {

// `wait` on the process's own clock, which may run by hour and weekday, from
// `real` seconds from now on.
Seconds after(const World& world, std::uint32_t clock, Seconds wait,
              Seconds real = {0}) {
  if (clock == kNone) return world.now + real + wait;
  const Clock& c = world.model.plan.clocks[clock];
  return real_time(c, operational_time(c, since_start(world) + real) + wait) -
         world.model.begins;
}

// In equilibrium, the time left of the interval that covers a random moment:
// a uniform part of a length-biased interval [Cox62, section 5.4].
Seconds residual(const World& world, const Distribution& law,
                 std::uint64_t key) {
  const Probability length = draw(world, key, Purpose::kStationary, 0);
  const double part = draw(world, key, Purpose::kStationary, 1).value;
  return {length_biased_quantile(law, length) * part};
}

// The quantile, without asking all laws for the one that most processes have.
Seconds time_of(const Distribution& law, Probability u) {
  const auto* exponential = std::get_if<Exponential>(&law.law());
  if (exponential == nullptr || law.is_cut()) return {quantile(law, u)};
  return {-exponential->mean * log_complement(u.value)};
}

Seconds time_to_failure(World& world, std::uint32_t index,
                        std::uint32_t occasion) {
  const Process& process = world.model.plan.processes[index];
  const Probability u = draw(world, process.key, Purpose::kTimeToFailure,
                             occasion, world.draws[index].failure);
  return time_of(process.time_to_failure, u);
}

void fail(World& world, std::uint32_t index, Seconds repair) {
  const Process& process = world.model.plan.processes[index];
  const std::uint32_t occasion = world.failures[index]++;
  world.cause = cause_of_process(world, index);
  if (world.trace) tell(world, process.name + " begins");
  fail_nodes(world, process.nodes, process.severity, process.key, occasion);
  schedule_repair(world, process.nodes, world.now + repair, index);
  world.result.failed_time[index] +=
      std::min(repair, world.end - world.now).value;
  schedule(world, next_failure(world, index, occasion + 1, repair),
           {EventKind::kProcessFails, index, 0, 0});
}

bool is_found_down(const World& world, const Process& process) {
  const Seconds up = process.mean_up, down = process.mean_down;
  const double u = draw(world, process.key, Purpose::kStationary, 2).value;
  return (up + down) * u < down;
}

void start_process(World& world, std::uint32_t index) {
  const Process& process = world.model.plan.processes[index];
  if (process.stationary && process.start_to_start) {
    begin_ongoing_repairs(world, index);
    settle(world);
  }
  const FirstFailure first = first_failure(world, index);
  if (first.is_down) {
    fail(world, index, first.wait);
    return settle(world);  // what is found down has each its own cause
  }
  schedule(world, first.at, {EventKind::kProcessFails, index, 0, 0});
}

}  // namespace

FirstFailure first_failure(World& world, std::uint32_t index) {
  const Process& process = world.model.plan.processes[index];
  if (!process.stationary) {
    const Seconds wait = time_to_failure(world, index, 0);
    return {after(world, process.clock, wait)};
  }
  if (!process.start_to_start && is_found_down(world, process)) {
    return {.is_down = true,
            .wait = residual(world, process.time_to_repair, process.key)};
  }
  const Seconds left = residual(world, process.time_to_failure, process.key);
  return {after(world, process.clock, left)};
}

Seconds time_to_repair(World& world, std::uint32_t index) {
  const Process& process = world.model.plan.processes[index];
  const Probability u = draw(world, process.key, Purpose::kTimeToRepair,
                             world.failures[index], world.draws[index].repair);
  return time_of(process.time_to_repair, u);
}

Seconds next_failure(World& world, std::uint32_t index, std::uint32_t occasion,
                     Seconds repair) {
  const Process& process = world.model.plan.processes[index];
  const Seconds wait = time_to_failure(world, index, occasion);
  const Seconds from_repair = process.start_to_start ? Seconds{0} : repair;
  return after(world, process.clock, wait, from_repair);
}

void make_first_draws(World& world) {
  for (std::uint32_t i = 0; i < world.draws.size(); ++i) {
    const Process& process = world.model.plan.processes[i];
    draw(world, process.key, Purpose::kTimeToFailure, 0,
         world.draws[i].failure);
    draw(world, process.key, Purpose::kTimeToRepair, 0, world.draws[i].repair);
  }
}

bool list_turns(World& world, std::uint32_t index,
                std::vector<PlainTurn>& turns) {
  constexpr std::size_t kMostTurns = 1'000'000;
  const Process& process = world.model.plan.processes[index];
  ProcessDraws& draws = world.draws[index];
  world.now = {0};
  const FirstFailure first = first_failure(world, index);
  bool was_down = first.is_down;  // before the beginning
  Seconds at = first.at, failed{0};
  if (!was_down && !(at > Seconds{0})) return false;
  std::uint32_t n = 0;
  for (; at <= world.end; ++n) {
    const Seconds repair =
        was_down ? first.wait
                 : time_of(process.time_to_repair,
                           draw(world, process.key, Purpose::kTimeToRepair, n,
                                draws.repair));
    was_down = false;
    const Seconds back = at + repair;
    turns.push_back({at.value, index, 1});
    if (back <= world.end) turns.push_back({back.value, index, 0});
    failed += std::min(repair, world.end - at);
    const Seconds wait =
        time_of(process.time_to_failure,
                draw(world, process.key, Purpose::kTimeToFailure, n + 1,
                     draws.failure));
    world.now = at;
    const Seconds next = after(world, process.clock, wait, repair);
    const bool apart = at < back && back < next;
    if (!apart || turns.size() > kMostTurns) return false;
    at = next;
  }
  world.failures[index] = n;
  world.result.failed_time[index] = failed.value;
  return true;
}

std::uint32_t cause_of_process(const World& world, std::uint32_t process) {
  return static_cast<std::uint32_t>(world.model.plan.faults.size()) + process;
}

void fail_nodes(World& world, const std::vector<NodeId>& nodes,
                const std::optional<Distribution>& severity, std::uint64_t key,
                std::uint32_t occasion) {
  FaultEffect what;
  if (severity) {
    const Probability u = draw(world, key, Purpose::kSeverity, occasion);
    const double lost = std::clamp(quantile(*severity, u), 0.0, 1.0);
    if (lost < 1) {
      what.what = FaultEffect::What::kHealth;
      what.amount = 1 - lost;
    }
  }
  for (const NodeId node : nodes) {
    add_effect(world, {what, 1, node, world.cause});
  }
}

void schedule_repair(World& world, const std::vector<NodeId>& nodes, Seconds at,
                     std::uint32_t process) {
  for (const NodeId node : nodes) {
    schedule(
        world, at,
        {EventKind::kProcessRepaired, world.first_effect[node], process, 0});
  }
}

void schedule_processes(World& world) {
  const Plan& plan = world.model.plan;
  for (std::uint32_t i = 0; i < plan.processes.size(); ++i) {
    start_process(world, i);
  }
  for (std::uint32_t i = 0; i < plan.common_causes.size(); ++i) {
    const CommonCauseProcess& common = plan.common_causes[i];
    if (common.stationary) {
      begin_ongoing_strikes(world, i);
      settle(world);
    }
    const Seconds wait = common.stationary
                             ? residual(world, common.time_between, common.key)
                             : draw_time(world, common.time_between, common.key,
                                         Purpose::kTimeToFailure, 0);
    schedule(world, after(world, common.clock, wait),
             {EventKind::kCommonCause, i, 0, 0});
  }
}

void process_fails(World& world, std::uint32_t index) {
  fail(world, index, time_to_repair(world, index));
}

void process_repaired(World& world, std::uint32_t effect,
                      std::uint32_t process) {
  world.cause = cause_of_process(world, process);
  if (world.trace) {
    tell(world,
         node_name(world.model.graph, world.effects[effect].node) +
             " is repaired",
         cause_name(world.model.plan, world.cause));
  }
  remove_effect(world, effect);
}

void common_cause_strikes(World& world, std::uint32_t index) {
  const Plan& plan = world.model.plan;
  const CommonCauseProcess& common = plan.common_causes[index];
  const auto slot = static_cast<std::uint32_t>(plan.processes.size()) + index;
  const std::uint32_t occasion = world.failures[slot]++;
  world.cause = cause_of_process(world, slot);
  if (world.trace) tell(world, "common cause " + common.name + " strikes");
  const Seconds shared = draw_time(world, common.time_to_repair, common.key,
                                   Purpose::kTimeToRepair, occasion);
  for (const auto& member : common.members) {
    const std::uint64_t key = mixed(common.key, member.key);
    if (draw(world, key, Purpose::kStruck, occasion).value >=
        member.struck.value) {
      continue;
    }
    fail_nodes(world, member.nodes, common.severity, key, occasion);
    const Seconds repair = common.shared_repair
                               ? shared
                               : draw_time(world, common.time_to_repair, key,
                                           Purpose::kTimeToRepair, occasion);
    schedule_repair(world, member.nodes, world.now + repair, slot);
  }
  const Seconds wait = draw_time(world, common.time_between, common.key,
                                 Purpose::kTimeToFailure, occasion + 1);
  schedule(world, after(world, common.clock, wait),
           {EventKind::kCommonCause, index, 0, 0});
}

std::uint64_t present_occasion(const World& world) {
  const Plan& plan = world.model.plan;
  if (world.cause == kNone) return 0;
  if (world.cause < plan.faults.size()) {
    return mixed(plan.faults[world.cause].key, world.occurrences[world.cause]);
  }
  const std::size_t slot = world.cause - plan.faults.size();
  const std::uint64_t key =
      slot < plan.processes.size()
          ? plan.processes[slot].key
          : plan.common_causes[slot - plan.processes.size()].key;
  return mixed(key, world.failures[slot]);
}

}  // namespace outagesim

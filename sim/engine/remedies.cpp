#include "sim/engine/remedies.h"

#include <algorithm>

#include "models/base/normal.h"
#include "sim/engine/conditions.h"
#include "sim/engine/teams.h"
#include "sim/engine/work_items.h"

namespace outagesim {
namespace {

const CompiledRemedy& remedy_of(const World& world, const RemedyRun& run) {
  return world.model.plan.remedies[run.remedy];
}

std::uint64_t key_of(const World& world, const RemedyRun& run) {
  return mixed(world.incidents[run.incident].key, remedy_of(world, run).key);
}

// Locks that bar the whole remedy, not single cells.
bool is_locked(const World& world, const RemedyRun& run) {
  if (run.glass_broken) return false;
  return std::ranges::any_of(
      remedy_of(world, run).lock_outs, [&](const LockOut& lock) {
        return !lock.per_cell &&
               !is_up(world, world.model.graph.services[lock.service].whole);
      });
}

bool is_locked(const World& world, const RemedyRun& run, NodeId node) {
  if (run.glass_broken) return false;
  const Graph& graph = world.model.graph;
  const Node& n = graph.nodes[node];
  return std::ranges::any_of(
      remedy_of(world, run).lock_outs, [&](const LockOut& lock) {
        return lock.per_cell &&
               !is_up(world, cell_of(graph, lock.service, n.service, n.cell));
      });
}

void ask(World& world, std::uint32_t id) {
  RemedyRun& run = world.runs[id];
  run.is = RemedyRun::Is::kQueued;
  const std::uint32_t team = remedy_of(world, run).team;
  if (team == kNone) return begin_remedy(world, id);
  // Not through `run`: granting may go on to other runs.
  const std::uint32_t task = ask_for_responder(world, {false, id, team, true});
  world.runs[id].task = task;
}

// The responder is free again; remedies that waited for this one may begin.
void finish(World& world, std::uint32_t id, bool success) {
  RemedyRun& run = world.runs[id];
  if (run.is == RemedyRun::Is::kDone) return;
  run.is = RemedyRun::Is::kDone;
  const std::uint32_t remedy = run.remedy, team = run.team;
  const Incident of = world.incidents[run.incident];
  if (world.trace) {
    tell(world, "remedy " + world.model.plan.remedies[remedy].name +
                    (success ? " is done" : " did not work"));
  }
  if (team != kNone) release_responder(world, team);
  for (auto i = of.first_run; i < of.first_run + of.runs; ++i) {
    if (world.runs[i].is == RemedyRun::Is::kWaiting &&
        remedy_of(world, world.runs[i]).after == remedy) {
      ask(world, i);
    }
  }
  if (success) fire_after(world, CompiledTrigger::Kind::kRemedyDone, remedy);
}

// The run waits for a lock, as a whole or for single cells.
void bar(World& world, std::uint32_t id) {
  if (world.runs[id].is_barred) return;
  world.runs[id].is_barred = true;
  world.barred.push_back(id);
}

void schedule_break_glass(World& world, std::uint32_t id) {
  const RemedyRun& run = world.runs[id];
  Seconds slowest{-1};
  for (const LockOut& lock : remedy_of(world, run).lock_outs) {
    if (!lock.break_glass) return;  // one door without a spare key
    slowest =
        std::max(slowest, draw_time(world, *lock.break_glass,
                                    key_of(world, run), Purpose::kBreakGlass));
  }
  if (slowest < Seconds{0}) return;
  schedule(world, world.now + slowest, {EventKind::kBreakGlass, id, 0, 0});
}

// Times of parallel remedies of one incident share a part of their luck.
Seconds time_to_first_cell(const World& world, const RemedyRun& run) {
  const double shared = normal_quantile(
      draw(world, world.incidents[run.incident].key, Purpose::kRemedyShared));
  const double own =
      normal_quantile(draw(world, key_of(world, run), Purpose::kRemedyFirst));
  const Probability u =
      correlated_uniform(shared, own, world.model.plan.parallel_correlation);
  return {quantile(remedy_of(world, run).first, u)};
}

void begin_work(World& world, std::uint32_t id) {
  RemedyRun& run = world.runs[id];
  const CompiledRemedy& remedy = remedy_of(world, run);
  list_work(world, run);
  if (run.cells == 0) return finish(world, id, true);
  run.is = RemedyRun::Is::kWorking;
  const std::uint64_t key = key_of(world, run);
  run.works =
      draw(world, key, Purpose::kRemedyWorks).value < remedy.works.value;
  run.first = with_hand_overs(world, run.team, time_to_first_cell(world, run));
  if (remedy.rest && run.works) {
    run.rest = with_hand_overs(
        world, run.team,
        draw_time(world, *remedy.rest, key, Purpose::kRemedyRest));
  }
  if (world.trace) tell(world, "remedy " + remedy.name + " is under way");
  schedule(world, world.now + run.first,
           {EventKind::kRemedyCell, id, 0, run.epoch});
}

Seconds between_cells(const RemedyRun& run) {
  return run.cells > 1 ? run.rest / double(run.cells - 1) : Seconds{0};
}

// Once all cells are reached the remedy is done, also where the last of them
// has just closed the incident and so ended it.
void finish_if_through(World& world, std::uint32_t id) {
  const RemedyRun& run = world.runs[id];
  if (run.next < run.cells || run.waiting_cells > 0) return;
  if (run.is == RemedyRun::Is::kDone) {
    fire_after(world, CompiledTrigger::Kind::kRemedyDone, run.remedy);
  } else {
    finish(world, id, true);
  }
}

void act_or_wait(World& world, std::uint32_t id, std::uint32_t item) {
  RemedyRun& run = world.runs[id];
  if (is_locked(world, run, world.work[item].node)) {
    world.work[item].waits = true;
    ++run.waiting_cells;
    bar(world, id);
    if (world.trace) {
      tell(world,
           "remedy " + remedy_of(world, run).name + " cannot get at " +
               node_name(world.model.graph, world.work[item].node),
           "locked out");
    }
    return;
  }
  act(world, id, item);
}

void open_cell_locks(World& world, std::uint32_t id) {
  const RemedyRun seen = world.runs[id];
  for (auto i = seen.first_cell; i < seen.first_cell + seen.cells; ++i) {
    if (world.runs[id].is == RemedyRun::Is::kDone) break;
    if (!world.work[i].waits ||
        is_locked(world, world.runs[id], world.work[i].node)) {
      continue;
    }
    world.work[i].waits = false;
    --world.runs[id].waiting_cells;
    act(world, id, i);
  }
  finish_if_through(world, id);
}

// A lock that bars the whole remedy has opened: it begins, or goes on.
void resume(World& world, std::uint32_t id) {
  RemedyRun& run = world.runs[id];
  if (world.trace) {
    tell(world, "remedy " + remedy_of(world, run).name + " has access");
  }
  if (run.cells == 0) return begin_work(world, id);
  run.is = RemedyRun::Is::kWorking;
  schedule(world, world.now, {EventKind::kRemedyCell, id, run.next, run.epoch});
}

void try_locks(World& world, std::uint32_t id) {
  const RemedyRun& run = world.runs[id];
  if (run.is == RemedyRun::Is::kLocked) {
    if (!is_locked(world, run)) resume(world, id);
  } else if (run.is == RemedyRun::Is::kWorking && run.waiting_cells > 0) {
    open_cell_locks(world, id);
  }
}

bool waits_for_lock(const RemedyRun& run) {
  return run.is == RemedyRun::Is::kLocked ||
         (run.is == RemedyRun::Is::kWorking && run.waiting_cells > 0);
}

}  // namespace

void start_remedies(World& world, std::uint32_t incident) {
  const auto& remedies =
      world.model.plan.faults[world.incidents[incident].fault].remedies;
  const auto first = static_cast<std::uint32_t>(world.runs.size());
  const auto count = static_cast<std::uint32_t>(remedies.size());
  world.incidents[incident].first_run = first;
  world.incidents[incident].runs = count;
  for (const std::uint32_t remedy : remedies) {
    RemedyRun run;
    run.remedy = remedy;
    run.incident = incident;
    world.runs.push_back(run);
  }
  for (auto i = first; i < first + count; ++i) {
    if (remedy_of(world, world.runs[i]).after == kNone) ask(world, i);
  }
}

void begin_remedy(World& world, std::uint32_t id) {
  RemedyRun& run = world.runs[id];
  if (run.is == RemedyRun::Is::kDone || !world.incidents[run.incident].open) {
    run.is = RemedyRun::Is::kDone;
    if (run.team != kNone) release_responder(world, run.team);
    return;
  }
  schedule_break_glass(world, id);
  if (!is_locked(world, run)) return begin_work(world, id);
  run.is = RemedyRun::Is::kLocked;
  bar(world, id);
  if (world.trace) {
    tell(world, "remedy " + remedy_of(world, run).name + " waits",
         "locked out");
  }
}

void remedy_cell(World& world, std::uint32_t id, std::uint32_t position) {
  RemedyRun& run = world.runs[id];
  if (run.is != RemedyRun::Is::kWorking || position != run.next) return;
  if (!run.works) return finish(world, id, false);
  if (is_locked(world, run)) {
    run.is = RemedyRun::Is::kLocked;
    return bar(world, id);
  }
  ++run.next;
  const std::uint32_t next = run.next;
  if (next < run.cells) {
    schedule(world, world.now + between_cells(run),
             {EventKind::kRemedyCell, id, next, run.epoch});
  }
  act_or_wait(world, id, run.first_cell + position);
  finish_if_through(world, id);
}

void break_glass(World& world, std::uint32_t id) {
  RemedyRun& run = world.runs[id];
  if (run.is == RemedyRun::Is::kDone) return;
  run.glass_broken = true;
  if (world.trace) {
    tell(world,
         "remedy " + remedy_of(world, run).name + " gets in by another door");
  }
  try_locks(world, id);
}

// In the order of the runs. Those that another run lets in at this very moment
// are tried as well.
void locks_changed(World& world) {
  world.locks_moved = false;
  std::ranges::sort(world.barred);
  for (std::size_t i = 0; i < world.barred.size(); ++i) {
    try_locks(world, world.barred[i]);
  }
  std::erase_if(world.barred, [&](std::uint32_t id) {
    world.runs[id].is_barred = waits_for_lock(world.runs[id]);
    return !world.runs[id].is_barred;
  });
}

void end_remedies(World& world, std::uint32_t incident) {
  const Incident of = world.incidents[incident];
  for (auto i = of.first_run; i < of.first_run + of.runs; ++i) {
    RemedyRun& run = world.runs[i];
    const auto was = run.is;
    run.is = RemedyRun::Is::kDone;
    cancel_task(world, run.task);
    take_back(world, run);
    const bool worked =
        was == RemedyRun::Is::kWorking || was == RemedyRun::Is::kLocked;
    if (worked && run.team != kNone) release_responder(world, run.team);
  }
}

}  // namespace outagesim

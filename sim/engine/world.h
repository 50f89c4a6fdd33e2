// All state of one replication. Plain data: each phenomenon has its file of
// functions that act on it (faults, restarts, caches, switching, incidents,
// remedies, teams, measuring), and engine.cpp runs the loop. Memory is kept
// from one replication to the next, so the loop does not allocate.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "models/compiled/propagation.h"
#include "sim/core/event_queue.h"
#include "sim/core/random.h"
#include "sim/core/recent_block.h"
#include "sim/engine/draws.h"
#include "sim/engine/event.h"
#include "sim/engine/load_in_world.h"
#include "sim/engine/part_state.h"
#include "sim/engine/plain_model.h"
#include "sim/engine/replication.h"
#include "sim/engine/trace.h"

namespace outagesim {

// Something that bears on a node's own factor, in a list per node.
struct Effect {
  FaultEffect what;
  double strength = 1;  // of a gradual or intermittent fault, in [0, 1]
  NodeId node = 0;
  std::uint32_t cause = kNone;
  std::uint32_t next = kNone;  // in the node's list, or in the free list
  bool capacity = false;       // a remedy's: capacity × amount
};

// A cell that a fault strikes, or will when a change reaches it.
struct Affected {
  enum class Is : std::uint8_t { kPending, kChanged, kHit, kRestored };
  NodeId node = 0;
  std::uint32_t effect = kNone;
  std::uint32_t first_standing = 0, standing = 0;  // into World::standing
  Is is = Is::kPending;
};

// One cell of an incident that has many, found by its node.
struct AffectedAt {
  NodeId node = 0;
  std::uint32_t affected = 0;

  auto operator<=>(const AffectedAt&) const = default;
};

// "Stood on" a failed place: a target entry that stays cold until restarted.
struct Standing {
  std::uint32_t target = 0;  // into Graph::targets
  NeedId need = 0;
  NodeId place = 0;
  std::uint32_t incident = 0;
  std::uint32_t next_of_need = kNone;  // of the same stateful need
  bool waiting = true;
};

struct SignalState {
  Probability u{0};
  double threshold = 0;  // cumulative hazard at which it goes off
  double consumed = 0;
  double speed = 1;
};

struct Incident {
  std::uint32_t fault = 0;
  std::uint32_t occurrence = 0;  // of its fault, from 0
  std::uint64_t key = 0;         // mixed(fault key, occurrence)
  std::uint32_t first_affected = 0, affected = 0;
  std::uint32_t first_by_node = kNone;  // into World::affected_by_node
  std::uint32_t hit = 0;                // cells hit and not yet restored
  std::uint32_t pending = 0;
  std::uint32_t standing = 0;                   // still waiting for a restart
  bool stood = false;                           // whether any ever did
  std::uint32_t first_signal = 0, signals = 0;  // into World::signals
  Seconds signals_at{0};                        // up to where consumed
  std::uint32_t first_run = 0, runs = 0;        // its remedies
  std::uint32_t record = 0;                     // into Replication::incidents
  std::uint32_t epoch = 0;                      // of its signals
  std::uint32_t wave = 0;
  std::uint32_t task = kNone;  // its wish for a responder
  std::uint32_t team = kNone;  // whose responder leads it
  bool halted = false;
  bool open = true;  // cells are down or may still be hit
  bool detected = false;
  bool engaged = false;
  bool diagnosed = false;
};

struct RemedyRun {
  enum class Is : std::uint8_t { kWaiting, kQueued, kLocked, kWorking, kDone };
  std::uint32_t remedy = 0;
  std::uint32_t incident = 0;
  Is is = Is::kWaiting;
  std::uint32_t first_cell = 0, cells = 0;  // into World::work
  std::uint32_t next = 0;                   // position to act on next
  std::uint32_t waiting_cells = 0;          // locked one by one
  std::uint32_t epoch = 0;
  Seconds first{0}, rest{0};  // as drawn
  std::uint32_t task = kNone;
  std::uint32_t team = kNone;  // whose responder works
  bool works = true;
  bool glass_broken = false;
  bool is_barred = false;  // stands in World::barred
};

struct WorkItem {
  NodeId node = 0;
  std::uint32_t thing = kNone;   // affected cell, or need, by effect
  std::uint32_t effect = kNone;  // in force until the incident closes
  bool waits = false;            // due, but its own lock is closed
  bool done = false;
};

// A public word that waits for the page it is to stand on.
struct Word {
  EventKind kind = EventKind::kSaidAcknowledged;
  std::uint32_t incident = 0;
};

// A wish for a responder.
struct Task {
  bool engage = false;  // else a remedy run
  std::uint32_t subject = 0;
  std::uint32_t team = 0;
  bool waiting = true;
};

struct TeamState {
  std::uint32_t free = 0;
  std::uint32_t first_waiting = 0;
  std::vector<std::uint32_t> queue;  // tasks, first come first served
};

struct SlotQueue {
  std::uint32_t first_waiting = 0;
  std::vector<NodeId> nodes;  // first come first served
};

// A fault that waits for a node, or for what has happened to a subject.
struct Watcher {
  std::uint32_t subject = 0;  // node, fault or remedy
  std::uint32_t fault = 0;

  auto operator<=>(const Watcher&) const = default;
};

// The last draws of a process, which come in a row.
struct ProcessDraws {
  RecentBlock failure, repair;
};

// Steps of cached curves are taken at common ticks, see caches.cpp.
struct CacheTicks {
  Seconds expiry{0}, recovery{0};
};

struct ConditionState {
  std::uint32_t fired = 0;  // so far
  bool below = false;
  std::uint32_t epoch = 0;
};

struct World {
  explicit World(const Model& m) : model(m), propagation(m.graph) {}

  const Model& model;
  Propagation propagation;
  Health health;
  EventQueue<Event> queue;
  Trace* trace = nullptr;
  std::stop_token stop;
  Replication result;

  std::uint64_t seed = 0;
  std::uint64_t index = 0;
  Seconds now{0};               // on the engine's clock, see since_start()
  Seconds end{0};               // the horizon on that clock
  std::uint32_t cause = kNone;  // of what is happening now

  std::vector<Effect> effects;
  std::uint32_t free_effect = kNone;
  std::vector<std::uint32_t> first_effect;  // by node
  std::vector<RestartState> restarts;       // by node
  std::vector<std::uint64_t> node_keys;     // by node, constant
  std::vector<NodeId> waiting_to_start;
  std::vector<std::uint32_t> slots_free;     // by start-up limit
  std::vector<SlotQueue> slot_queue;         // by start-up limit
  std::vector<std::uint8_t> starts_at_once;  // by node, constant
  bool may_start = false;  // what a waiting cell needs to start has changed

  std::vector<Incident> incidents;
  std::vector<Affected> affected;
  std::vector<AffectedAt> affected_by_node;  // by large incident, ascending
  std::vector<Standing> standing;
  std::vector<SignalState> signals;
  std::vector<RemedyRun> runs;
  std::vector<WorkItem> work;
  std::vector<Task> tasks;
  std::vector<TeamState> teams;
  std::vector<std::uint32_t> listening;    // incidents that wait for a signal
  std::vector<std::uint32_t> barred;       // runs that wait for a lock
  std::vector<std::uint32_t> drains;       // runs that have moved traffic
  bool locks_moved = false;                // a lock has changed just now
  std::vector<std::uint32_t> occurrences;  // by fault
  std::vector<std::uint32_t> last_record;  // by fault: its latest incident's
  std::vector<Watcher> watchers[4];        // by kind of condition, constant
  std::vector<ConditionState> conditions;  // by fault
  std::vector<std::uint32_t> failures;     // by process, then common cause
  std::vector<ProcessDraws> draws;         // by process
  std::vector<std::uint32_t> joined;       // by outage: its incident's record
  std::vector<CacheTicks> ticks;           // by need law, constant

  std::vector<Word> words;  // waiting for the page

  std::unique_ptr<LoadInWorld> load;      // null where no load is modelled
  std::unique_ptr<PlainProcesses> plain;  // null where the model is not plain

  std::vector<NeedDrive> drives;  // by need state
  std::vector<ProductState> products;
  std::vector<Harm> harms;               // by population
  std::vector<CrowdReports> crowds;      // by population
  CrowdReports crowd;                    // of all populations, in reports
  PerSecond crowd_rate{0};               // of new reports
  double new_reports = 0;                // of the present instant
  Seconds last_look{0};                  // at the users failing; since start
  bool crowd_is_heard = false;           // by some signal; constant
  std::vector<std::uint8_t> unmeasured;  // by product: changed just now
  std::vector<std::uint8_t> watch;       // by node: Watch bits, constant
  std::vector<std::uint32_t> picks;      // scratch
};

// Why a node's change matters to somebody.
enum Watch : std::uint8_t {
  kWatchState = 1,  // a stateful need has it as a target
  kWatchWhole = 2,  // it stands for a service
  kWatchProduct = 4,
  kWatchCondition = 8,
  kWatchSignal = 16,  // detection or diagnosis goes through it
  kWatchPage = 32,    // the status page
  kWatchLock = 64,    // some remedy needs it
  kWatchStart = 128,  // some cell needs it to start
};

// The engine's clock starts at 0 at Model::begins, so that the queue's times
// are never negative and a time never changes by being converted; results and
// calendars count from the scenario's start.
inline Seconds since_start(const World& world) {
  return world.now + world.model.begins;
}
inline double stamp(const World& world) { return since_start(world).value; }

inline void schedule(World& world, Seconds at, const Event& event) {
  if (at > world.end) return;
  world.queue.push(at, 1, event);
}

// Before all else that is planned for that moment: what takes no time is over
// before the next fault strikes.
inline void schedule_first(World& world, Seconds at, const Event& event) {
  if (at > world.end) return;
  world.queue.push(at, 0, event);
}

// The uniform number for the `occasion`-th drawing of a quantity.
inline Probability draw(const World& world, std::uint64_t entity,
                        Purpose purpose, std::uint64_t occasion = 0) {
  const Stream stream(
      {world.seed, world.index, entity, static_cast<std::uint64_t>(purpose)});
  return {stream.at(occasion)};
}

// The same where the drawings of one entity come in a row: a block of four is
// made once.
inline Probability draw(const World& world, std::uint64_t entity,
                        Purpose purpose, std::uint64_t occasion,
                        RecentBlock& recent) {
  const StreamKey key{world.seed, world.index, entity,
                      static_cast<std::uint64_t>(purpose)};
  return {uniform_at(key, occasion, recent)};
}

inline Seconds draw_time(const World& world, const Distribution& law,
                         std::uint64_t entity, Purpose purpose,
                         std::uint64_t occasion = 0) {
  return {quantile(law, draw(world, entity, purpose, occasion))};
}

// A node counts as usable for repair, restart or switching while it serves at
// least half of what it does without faults.
inline bool is_up(const World& world, NodeId node) {
  return world.health.served[node] >= 0.5 * world.model.initial.served[node];
}

inline void tell(World& world, std::string what, std::string why = {}) {
  world.trace->lines.push_back(
      {since_start(world), std::move(what), std::move(why)});
}

// Which stroke of which cause is at work now, by name and number: what is drawn
// because of it does not depend on what else has happened before.
std::uint64_t present_occasion(const World& world);

}  // namespace outagesim

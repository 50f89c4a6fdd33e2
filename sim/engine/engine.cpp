#include "sim/engine/engine.h"

#include "sim/engine/backlogs.h"
#include "sim/engine/caches.h"
#include "sim/engine/conditions.h"
#include "sim/engine/effects.h"
#include "sim/engine/event_cause.h"
#include "sim/engine/faults.h"
#include "sim/engine/incidents.h"
#include "sim/engine/load_world.h"
#include "sim/engine/measuring.h"
#include "sim/engine/plain.h"
#include "sim/engine/processes.h"
#include "sim/engine/remedies.h"
#include "sim/engine/reset.h"
#include "sim/engine/rollouts.h"
#include "sim/engine/settling.h"
#include "sim/engine/standing.h"
#include "sim/engine/switching.h"
#include "sim/engine/teams.h"
#include "sim/engine/world.h"

namespace outagesim {
namespace {

bool is_current(std::uint32_t epoch, const Event& event) {
  return epoch == event.epoch;
}

// Events that may have been cancelled carry the epoch of their subject.
bool is_cancelled(const World& world, const Event& e) {
  switch (e.kind) {
    case EventKind::kConditionHeld:
      return !is_current(world.conditions[e.subject].epoch, e);
    case EventKind::kRestartStep:
      return !is_current(world.restarts[e.subject].epoch, e);
    case EventKind::kCacheStep:
    case EventKind::kSwitchDetected:
    case EventKind::kSwitchDone:
    case EventKind::kBacklogDrained:
      return !is_current(world.drives[e.subject].epoch, e);
    case EventKind::kSignal:
      return !is_current(world.incidents[e.subject].epoch, e);
    case EventKind::kRemedyCell:
      return !is_current(world.runs[e.subject].epoch, e);
    case EventKind::kOutageOver:
      return !is_current(world.products[e.subject].epoch, e);
    case EventKind::kLoad:
      return !is_current(world.load->epoch, e);
    default:
      return false;
  }
}

void dispatch(World& world, const Event& e) {
  // One line an event, as a table.
  // clang-format off
  switch (e.kind) {
    using enum EventKind;
    case kFaultStrikes: return strike(world, e.subject);
    case kConditionHeld: return condition_held(world, e.subject);
    case kIncidentEnds:
    case kRolledBack: return end_incident(world, e.subject);
    case kStrengthStep: return strength_step(world, e.subject, e.detail);
    case kEpisodeStarts: return episode_starts(world, e.subject, e.detail);
    case kEpisodeEnds: return episode_ends(world, e.subject);
    case kWaveStarts: return wave_starts(world, e.subject, e.detail);
    case kCellChanged: return cell_changed(world, e.subject, e.detail);
    case kChangeTakesEffect: return change_takes_effect(world, e.subject, e.detail);
    case kWaveBaked: return wave_baked(world, e.subject, e.detail);
    case kProcessFails: return process_fails(world, e.subject);
    case kProcessRepaired: return process_repaired(world, e.subject, e.detail);
    case kCommonCause: return common_cause_strikes(world, e.subject);
    case kRestartStep: return restart_step(world, e.subject, e.detail);
    case kStandingWarm: return standing_warm(world, e.subject);
    case kCacheStep: return cache_step(world, e.subject);
    case kSwitchDetected: return switch_detected(world, e.subject);
    case kSwitchDone: return switch_done(world, e.subject);
    case kBacklogDrained: return backlog_drained(world, e.subject);
    case kSignal: return signal_goes_off(world, e.subject, e.detail);
    case kEngage: return ready_to_engage(world, e.subject);
    case kDiagnosed: return diagnosed(world, e.subject);
    case kEscalate: return escalate(world, e.subject);
    case kBreakGlass: return break_glass(world, e.subject);
    case kRemedyCell: return remedy_cell(world, e.subject, e.detail);
    case kSaidAcknowledged:
    case kSaidCause:
    case kSaidEstimate:
    case kSaidResolved: return say(world, {e.kind, e.subject});
    case kOutageOver: return outage_over(world, e.subject);
    case kLoad: return load_event(world);
  }
  // clang-format on
}

// Whether the next event belongs to the same stroke: of one kind, one cause and
// one instant, such as the cells of one wave. Their consequences are spread
// once: a replication of 11 December takes 72 M instructions instead of 107 M;
// 26 December, with few cells, as many either way.
bool goes_on(const World& world, const Event& event) {
  if (world.queue.empty() || world.queue.next_time() != world.now) return false;
  const Event& next = world.queue.next();
  return next.kind == event.kind &&
         cause_of_event(world, next) == cause_of_event(world, event);
}

// No scenario that the loader lets through plans as many; more means that
// faults cause one another without end.
constexpr std::uint64_t kMostEvents = 20'000'000;
constexpr std::size_t kMostIncidents = 200'000;

// Whether to go on no further; the result says why.
bool gives_up(World& world) {
  Replication& result = world.result;
  result.endless =
      result.events > kMostEvents || world.incidents.size() > kMostIncidents;
  result.abandoned = world.stop.stop_requested();
  return result.endless || result.abandoned;
}

// Every event sees the settled consequences of those before it. Measured is
// what stands at the end of an instant: what is down and up again at one and
// the same time has not happened to anybody.
void run_events(World& world) {
  settle(world);
  for (;;) {
    const bool instant_over =
        world.queue.empty() || world.queue.next_time() > world.now;
    if (instant_over) measure_products(world);
    if (world.queue.empty()) return;
    if (gives_up(world)) return;
    const auto event = world.queue.pop();
    world.now = event.time;
    ++world.result.events;
    if (!is_cancelled(world, event.payload)) dispatch(world, event.payload);
    if (!goes_on(world, event.payload)) settle(world);
  }
}

}  // namespace

Engine::Engine(const Model& model) : world_(std::make_unique<World>(model)) {
  prepare(*world_);
}

Engine::~Engine() = default;

void Engine::heed(std::stop_token stop) { world_->stop = std::move(stop); }

void Engine::record_load(LoadRecord* record) {
  if (world_->load) world_->load->record = record;
}

const Replication& Engine::run(std::uint64_t seed, std::uint64_t index,
                               Trace* trace) {
  World& world = *world_;
  world.seed = seed;
  world.index = index;
  world.trace = trace;
  if (trace != nullptr) {
    trace->lines.clear();
    trace->steps.clear();
  }
  reset(world);
  start_measuring(world);
  if (world.plain && trace == nullptr) {
    if (!run_plain(world)) {
      // Two turns at one instant: the general loop, now and from now on.
      world.plain = nullptr;
      return run(seed, index, trace);
    }
  } else {
    if (world.load) start_load(world);
    schedule_faults(world);
    schedule_processes(world);
    run_events(world);
  }
  world.now = world.end;
  finish_measuring(world);
  return world.result;
}

}  // namespace outagesim

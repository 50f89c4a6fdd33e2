#include "sim/engine/event_cause.h"

#include "sim/engine/processes.h"
#include "sim/engine/world.h"

namespace outagesim {

std::uint32_t cause_of_event(const World& world, const Event& event) {
  const std::uint32_t subject = event.subject;
  switch (event.kind) {
    case EventKind::kFaultStrikes:
    case EventKind::kConditionHeld:
      return subject;
    case EventKind::kIncidentEnds:
    case EventKind::kRolledBack:
    case EventKind::kStrengthStep:
    case EventKind::kEpisodeStarts:
    case EventKind::kEpisodeEnds:
    case EventKind::kWaveStarts:
    case EventKind::kCellChanged:
    case EventKind::kChangeTakesEffect:
      return world.incidents[subject].fault;
    case EventKind::kProcessFails:
      return cause_of_process(world, subject);
    case EventKind::kProcessRepaired:
      return cause_of_process(world, event.detail);
    case EventKind::kCommonCause: {
      const std::size_t processes = world.model.plan.processes.size();
      return cause_of_process(world,
                              static_cast<std::uint32_t>(processes) + subject);
    }
    case EventKind::kRestartStep:
      return world.restarts[subject].cause;
    case EventKind::kStandingWarm:
      return world.incidents[world.standing[subject].incident].fault;
    case EventKind::kCacheStep:
    case EventKind::kSwitchDetected:
    case EventKind::kSwitchDone:
    case EventKind::kBacklogDrained:
      return world.drives[subject].cause;
    case EventKind::kRemedyCell:
      return world.incidents[world.runs[subject].incident].fault;
    default:
      return kNone;
  }
}

}  // namespace outagesim

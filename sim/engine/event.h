// The events of a replication. `subject` and `detail` are indices whose meaning
// is beside each kind; an event whose `epoch` is no longer its subject's was
// cancelled, and is passed over.
#pragma once

#include <cstdint>

namespace outagesim {

enum class EventKind : std::uint8_t {
  kFaultStrikes,       // fault
  kConditionHeld,      // fault whose condition has lasted long enough
  kIncidentEnds,       // incident: its own duration is over
  kStrengthStep,       // incident: a gradual fault grows, in step `detail`
  kEpisodeStarts,      // incident: an intermittent fault's period begins
  kEpisodeEnds,        // incident
  kWaveStarts,         // incident, wave
  kCellChanged,        // incident, affected cell
  kChangeTakesEffect,  // incident, affected cell
  kWaveBaked,          // incident, wave
  kRolledBack,         // incident
  kProcessFails,       // process
  kProcessRepaired,    // effect
  kCommonCause,        // common cause
  kRestartStep,        // node, step
  kStandingWarm,       // standing
  kCacheStep,          // state of a cached need
  kSwitchDetected,     // state of an `any` need
  kSwitchDone,         // state of an `any` need
  kBacklogDrained,     // state of an async need
  kSignal,             // incident, signal: detected
  kEngage,             // incident: ready to take a responder
  kDiagnosed,          // incident
  kEscalate,           // task that may still be waiting
  kBreakGlass,         // remedy run
  kRemedyCell,         // remedy run, position in its list
  kSaidAcknowledged,   // incident
  kSaidCause,          // incident
  kSaidEstimate,       // incident
  kSaidResolved,       // incident
  kOutageOver,         // product
  kLoad,               // none: something in the load flow
};

struct Event {
  EventKind kind = EventKind::kFaultStrikes;
  std::uint32_t subject = 0;
  std::uint32_t detail = 0;
  std::uint32_t epoch = 0;
};

}  // namespace outagesim

// A fault: when, where, what, until when and how visibly something breaks; or
// a change that spreads in waves. The fault itself is data: when it strikes is
// the engine's, what it does to neighbours is propagation's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/distribution.h"
#include "models/parts/need.h"
#include "models/parts/place.h"

namespace outagesim {

// "SERVICE < 50 % for 30 min": holds without a break for that long.
struct ServedBelow {
  Reference service;
  Fraction below{0.5};
  Seconds lasting{0};
};
// "remedy NAME done", "fault NAME ended", "fault NAME started".
struct AfterEvent {
  enum class What : std::uint8_t { kRemedyDone, kFaultStarted, kFaultEnded };
  What what = What::kRemedyDone;
  Reference subject;
};
struct AtTime {
  Seconds at{0};  // from the scenario's start; may be negative
};
struct AtRate {
  PerSecond rate;  // Poisson
};
struct When {
  std::variant<ServedBelow, AfterEvent> condition;
  std::optional<Distribution> delay;
  Probability happens{1};
};
struct Trigger {
  std::variant<AtTime, AtRate, When> when;
};

struct FaultEffect {
  enum class What : std::uint8_t {
    kDown,
    kHealth,   // amount = the share of own capacity that is left
    kErrors,   // amount = share of requests that fail
    kLoad,     // amount = multiple of usual demand
    kLatency,  // latency = added to every answer
    kAdds,     // amount × size^power requests a second more
  };
  What what = What::kDown;
  double amount = 0;
  Seconds latency{0};
  double power = 0;  // of the cell's size
};

// A fault that is not fully there at once.
struct Gradual {
  Seconds over{0};  // grows linearly from nothing, in 64 steps
};
struct Intermittent {
  Seconds every{0};            // period
  Seconds lasting{0};          // of each episode, below `every`
  Probability probability{1};  // that a period has an episode
  Probability grows_to{1};     // probability at `over` and after
  Seconds over{0};             // 0: the probability does not grow
};
struct AtOnce {};
using Visibility = std::variant<AtOnce, Gradual, Intermittent>;

// After the fault has ended, what stood on the place needs a restart.
struct RestartAfter {
  Distribution takes;      // s, for each dependent cell
  double correlation = 1;  // of the draws of one incident's cells, in [0, 1]
};

struct Wave {
  CellChoice cells;  // of the change's place, not yet changed
  Seconds over{0};   // spread evenly over this time
  Seconds bake{0};   // wait before the next wave
};
struct HealthCheck {
  std::vector<Reference> services;  // cells just changed where shared, or whole
  Fraction below{0.95};             // a served fraction below this is noticed
  Probability catches{1};
  SwitchBy halt = SwitchBy::kAutomatic;  // by hand: only halts the waves
  std::optional<Distribution> rollback;  // s, per campaign, once halted
};
struct Rollout {
  std::vector<Wave> waves;
  std::optional<Distribution> takes_effect;  // s, after a cell is changed
  std::optional<HealthCheck> check;
};

struct Fault {
  std::string name;
  SourcePosition at;
  Trigger trigger;
  std::vector<Place> where;
  FaultEffect effect;
  std::optional<Distribution> ends;  // its own duration; absent: is repaired
  std::optional<RestartAfter> then;
  Visibility visible = AtOnce{};
  std::optional<Rollout> rollout;  // present: a change
};

}  // namespace outagesim

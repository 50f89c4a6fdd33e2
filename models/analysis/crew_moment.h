// A crew's state while several things happen to it at one moment: a fault
// strikes, a stage is over, a responder is free and takes the next. Stages that
// take no time pass one after the other, in the order of the engine's events;
// clocks that have begun draw their phases when all is done.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "models/analysis/crew_plan.h"

namespace outagesim {

enum class CrewStage : std::uint8_t {
  kDetects,
  kEngages,
  kDiagnoses,
  kWasWrong,  // the diagnosis goes on
  kLooksOn,   // there is no remedy: it ends by itself
  kLocked,    // the remedy cannot begin
  kWorks,
  kIsDue,       // the remedy cannot get at it to end it
  kAwaitsCare,  // of a responder; these two last, in order of arrival
  kAwaitsRepair
};

struct CrewIncident {
  CrewStage stage = CrewStage::kDetects;
  std::uint8_t fault = 0;
  std::uint8_t phase = 0;
  std::uint8_t ends = 0;   // phase of its own end
  std::uint8_t glass = 0;  // phase of breaking in by another door
  auto operator<=>(const CrewIncident&) const = default;
};

using CrewState = std::vector<CrewIncident>;
using CrewTo = std::function<void(const CrewState&, double rate)>;

// Of a clock of an incident, beside its phases.
inline constexpr std::uint8_t kNoPhase = 255;  // it does not run
inline constexpr std::uint8_t kToDraw = 254;   // it has just begun
inline constexpr std::uint8_t kBroken = 253;   // the glass

// None where the stage takes no time, or as long as something else does.
const PhaseType& stage_phases(const CrewFault& fault, CrewStage stage);

// An incident is told by its place in the state until that is told.
class CrewMoment {
 public:
  // The plan must outlive it.
  CrewMoment(const CrewPlan& plan, CrewState state)
      : plan_(plan), all_(std::move(state)), gone_(all_.size(), 0) {}

  // Precondition: nothing else has happened at this moment.
  void strike(std::size_t fault);
  // The stage is over.
  void pass(std::size_t i);
  // The diagnosis was wrong: it goes on.
  void mistake(std::size_t i) { enter(i, CrewStage::kWasWrong); }
  void break_glass(std::size_t i) { all_[i].glass = kBroken; }
  void close(std::size_t i);
  // What nothing bars any more begins, or ends. Whether there was something.
  bool unlock(std::uint32_t down);
  void settle();
  // Each state that it may be, by the phases drawn, with its part of the rate.
  void tell(double rate, const CrewTo& to) const;

 private:
  using Clock = std::uint8_t CrewIncident::*;

  const CrewFault& fault(std::size_t i) const {
    return plan_.faults[all_[i].fault];
  }
  void rest(std::size_t i, CrewStage stage);
  void enter(std::size_t i, CrewStage stage);
  std::uint32_t team_asked(std::size_t i) const;
  std::uint32_t team_held(std::size_t i) const;
  bool is_free(std::uint32_t team) const;
  void ask(std::size_t i, CrewStage awaits);
  void grant(std::size_t i);
  void release(std::uint32_t team);
  void known(std::size_t i);
  bool is_barred(std::size_t i, std::uint32_t down) const;
  const PhaseType& phases_of(const CrewIncident& incident, Clock clock) const;
  void draw(CrewState state, std::size_t i, double rate,
            const CrewTo& to) const;
  void draw_one(const CrewState& state, std::size_t i, Clock clock, double rate,
                const CrewTo& to) const;
  CrewState in_order(CrewState state) const;

  const CrewPlan& plan_;
  CrewState all_;  // those that wait in order of arrival
  std::vector<std::uint8_t> gone_;
  std::deque<std::size_t> now_;  // whose stage is over at this moment
};

}  // namespace outagesim

#include "models/analysis/crew_moment.h"

#include <algorithm>
#include <array>

namespace outagesim {
namespace {

bool awaits(const CrewIncident& incident) {
  return incident.stage >= CrewStage::kAwaitsCare;
}

std::uint8_t begun(const PhaseType& clock) {
  return clock.phases() == 0 ? kNoPhase : kToDraw;
}

}  // namespace

const PhaseType& stage_phases(const CrewFault& fault, CrewStage stage) {
  static const PhaseType kNothing;
  switch (stage) {
    case CrewStage::kDetects:
      return fault.detect;
    case CrewStage::kEngages:
      return fault.engage;
    case CrewStage::kDiagnoses:
      return fault.diagnose;
    case CrewStage::kWasWrong:
      return fault.wrong;
    case CrewStage::kWorks:
      return fault.work;
    default:
      return kNothing;
  }
}

void CrewMoment::strike(std::size_t fault) {
  CrewIncident incident;
  incident.fault = static_cast<std::uint8_t>(fault);
  incident.ends = begun(plan_.faults[fault].ends);
  incident.glass = kNoPhase;
  // Before those that wait: it does not.
  all_.insert(all_.begin(), incident);
  gone_.insert(gone_.begin(), 0);
  enter(0, CrewStage::kDetects);
}

void CrewMoment::pass(std::size_t i) {
  switch (all_[i].stage) {
    case CrewStage::kDetects:
      return enter(i, CrewStage::kEngages);
    case CrewStage::kEngages:
      return ask(i, CrewStage::kAwaitsCare);
    case CrewStage::kDiagnoses:
    case CrewStage::kWasWrong:
      return known(i);
    case CrewStage::kWorks:
      return fault(i).lock_by.empty() ? close(i) : rest(i, CrewStage::kIsDue);
    default:
      return;
  }
}

void CrewMoment::close(std::size_t i) {
  const std::uint32_t held = team_held(i);
  gone_[i] = 1;
  release(held);
}

bool CrewMoment::unlock(std::uint32_t down) {
  bool any = false;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (gone_[i] || is_barred(i, down)) continue;
    if (all_[i].stage == CrewStage::kLocked) {
      enter(i, CrewStage::kWorks);
      any = true;
    } else if (all_[i].stage == CrewStage::kIsDue) {
      close(i);
      any = true;
    }
  }
  return any;
}

void CrewMoment::settle() {
  while (!now_.empty()) {
    const std::size_t i = now_.front();
    now_.pop_front();
    if (!gone_[i]) pass(i);
  }
}

void CrewMoment::tell(double rate, const CrewTo& to) const {
  CrewState state;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (!gone_[i]) state.push_back(all_[i]);
  }
  draw(std::move(state), 0, rate, to);
}

void CrewMoment::rest(std::size_t i, CrewStage stage) {
  all_[i].stage = stage;
  all_[i].phase = kNoPhase;
}

void CrewMoment::enter(std::size_t i, CrewStage stage) {
  rest(i, stage);
  all_[i].phase = begun(stage_phases(fault(i), all_[i].stage));
  if (all_[i].phase == kNoPhase) now_.push_back(i);
}

std::uint32_t CrewMoment::team_asked(std::size_t i) const {
  return all_[i].stage == CrewStage::kAwaitsCare ? fault(i).engages
                                                 : fault(i).repairs;
}

std::uint32_t CrewMoment::team_held(std::size_t i) const {
  switch (all_[i].stage) {
    case CrewStage::kDiagnoses:
    case CrewStage::kWasWrong:
      return fault(i).engages;
    case CrewStage::kLocked:
    case CrewStage::kWorks:
    case CrewStage::kIsDue:
      return fault(i).repairs;
    default:
      return kNone;
  }
}

bool CrewMoment::is_free(std::uint32_t team) const {
  std::uint32_t busy = 0;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (!gone_[i] && team_held(i) == team) ++busy;
  }
  return busy < plan_.responders[team];
}

// Goes to the end of the queue where nobody is free.
void CrewMoment::ask(std::size_t i, CrewStage awaits) {
  rest(i, awaits);
  const std::uint32_t team = team_asked(i);
  if (team == kNone || is_free(team)) return grant(i);
  all_.push_back(all_[i]);
  gone_.push_back(0);
  gone_[i] = 1;
}

void CrewMoment::grant(std::size_t i) {
  if (all_[i].stage == CrewStage::kAwaitsCare) {
    return enter(i, CrewStage::kDiagnoses);
  }
  all_[i].glass = begun(fault(i).glass);
  if (fault(i).lock_by.empty()) return enter(i, CrewStage::kWorks);
  rest(i, CrewStage::kLocked);
}

void CrewMoment::release(std::uint32_t team) {
  if (team == kNone) return;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (gone_[i] || !awaits(all_[i]) || team_asked(i) != team) continue;
    if (is_free(team)) grant(i);
    return;
  }
}

// The responder is free before the remedy asks for one.
void CrewMoment::known(std::size_t i) {
  const std::uint32_t held = team_held(i);
  rest(i, CrewStage::kLooksOn);
  release(held);
  if (fault(i).has_remedy) ask(i, CrewStage::kAwaitsRepair);
}

bool CrewMoment::is_barred(std::size_t i, std::uint32_t down) const {
  if (all_[i].glass == kBroken) return false;
  return std::ranges::any_of(fault(i).lock_by, [&](std::uint32_t lock) {
    return ((down >> lock) & 1U) != 0;
  });
}

const PhaseType& CrewMoment::phases_of(const CrewIncident& incident,
                                       Clock clock) const {
  const CrewFault& of = plan_.faults[incident.fault];
  if (clock == &CrewIncident::ends) return of.ends;
  return clock == &CrewIncident::glass ? of.glass
                                       : stage_phases(of, incident.stage);
}

void CrewMoment::draw(CrewState state, std::size_t i, double rate,
                      const CrewTo& to) const {
  static constexpr std::array<Clock, 3> kClocks{
      &CrewIncident::phase, &CrewIncident::ends, &CrewIncident::glass};
  for (; i < state.size(); ++i) {
    for (const Clock clock : kClocks) {
      if (state[i].*clock != kToDraw) continue;
      return draw_one(state, i, clock, rate, to);
    }
  }
  to(in_order(std::move(state)), rate);
}

void CrewMoment::draw_one(const CrewState& state, std::size_t i, Clock clock,
                          double rate, const CrewTo& to) const {
  const PhaseType& phases = phases_of(state[i], clock);
  for (std::uint32_t p = 0; p < phases.phases(); ++p) {
    if (phases.start[p] == 0) continue;
    CrewState drawn = state;
    drawn[i].*clock = static_cast<std::uint8_t>(p);
    draw(std::move(drawn), i, rate * phases.start[p], to);
  }
}

// Only the order within a team's queue means something.
CrewState CrewMoment::in_order(CrewState state) const {
  const auto team = [&](const CrewIncident& x) {
    const CrewFault& of = plan_.faults[x.fault];
    return x.stage == CrewStage::kAwaitsCare ? of.engages : of.repairs;
  };
  const auto queue = std::ranges::stable_partition(
      state, [](const CrewIncident& x) { return !awaits(x); });
  std::sort(state.begin(), queue.begin());
  std::ranges::stable_sort(queue, {}, team);
  return state;
}

}  // namespace outagesim

#include "models/analysis/crew_space.h"

#include <algorithm>
#include <deque>

namespace outagesim {
namespace {

constexpr std::uint8_t kNoPhase = 255;  // this clock does not run
constexpr std::uint8_t kToDraw = 254;   // a clock that has just begun
constexpr std::uint8_t kBroken = 253;   // the glass
constexpr std::size_t kNobody = SIZE_MAX;

bool awaits(const CrewIncident& incident) {
  return incident.stage >= CrewStage::kAwaitsCare;
}

// One state while several things happen to it at one moment.
class CrewMoment {
 public:
  CrewMoment(const CrewPlan& plan, CrewState state)
      : plan_(plan), all_(std::move(state)), gone_(all_.size(), 0) {}

  void strike(std::size_t fault) {
    CrewIncident incident;
    incident.fault = static_cast<std::uint8_t>(fault);
    incident.ends = begun(plan_.faults[fault].ends);
    incident.glass = kNoPhase;
    // Before those that wait: it does not.
    all_.insert(all_.begin(), incident);
    gone_.insert(gone_.begin(), 0);
    enter(0, CrewStage::kDetects);
  }

  // The stage is over.
  void pass(std::size_t i) {
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

  void break_glass(std::size_t i) { all_[i].glass = kBroken; }
  void mistake(std::size_t i) { enter(i, CrewStage::kWasWrong); }

  void close(std::size_t i) {
    const std::uint32_t held = team_held(i);
    gone_[i] = 1;
    release(held);
  }

  // What nothing bars any more begins, or ends. Whether there was something.
  bool unlock(std::uint32_t down) {
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

  // Stages of no time pass one after the other, as events do.
  void settle() {
    while (!now_.empty()) {
      const std::size_t i = now_.front();
      now_.pop_front();
      if (!gone_[i]) pass(i);
    }
  }

  // Clocks that have just begun draw their first phase; then it is a state.
  void tell(double rate, const CrewSpace::To& to) const {
    CrewState state;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!gone_[i]) state.push_back(all_[i]);
    }
    draw(std::move(state), 0, rate, to);
  }

 private:
  const CrewFault& fault(std::size_t i) const {
    return plan_.faults[all_[i].fault];
  }

  static std::uint8_t begun(const PhaseType& clock) {
    return clock.phases() == 0 ? kNoPhase : kToDraw;
  }

  const PhaseType& clock_of(const CrewIncident& incident) const {
    static const PhaseType kNothing;
    const CrewFault& of = plan_.faults[incident.fault];
    switch (incident.stage) {
      case CrewStage::kDetects:
        return of.detect;
      case CrewStage::kEngages:
        return of.engage;
      case CrewStage::kDiagnoses:
        return of.diagnose;
      case CrewStage::kWasWrong:
        return of.wrong;
      case CrewStage::kWorks:
        return of.work;
      default:
        return kNothing;
    }
  }

  void rest(std::size_t i, CrewStage stage) {
    all_[i].stage = stage;
    all_[i].phase = kNoPhase;
  }

  void enter(std::size_t i, CrewStage stage) {
    rest(i, stage);
    all_[i].phase = begun(clock_of(all_[i]));
    if (all_[i].phase == kNoPhase) now_.push_back(i);
  }

  std::uint32_t team_asked(std::size_t i) const {
    return all_[i].stage == CrewStage::kAwaitsCare ? fault(i).engages
                                                   : fault(i).repairs;
  }

  std::uint32_t team_held(std::size_t i) const {
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

  bool is_free(std::uint32_t team) const {
    std::uint32_t busy = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!gone_[i] && team_held(i) == team) ++busy;
    }
    return busy < plan_.responders[team];
  }

  // Goes to the end of the queue where nobody is free.
  void ask(std::size_t i, CrewStage awaits) {
    rest(i, awaits);
    const std::uint32_t team = team_asked(i);
    if (team == kNone || is_free(team)) return grant(i);
    all_.push_back(all_[i]);
    gone_.push_back(0);
    gone_[i] = 1;
  }

  void grant(std::size_t i) {
    if (all_[i].stage == CrewStage::kAwaitsCare) {
      return enter(i, CrewStage::kDiagnoses);
    }
    all_[i].glass = begun(fault(i).glass);
    if (fault(i).lock_by.empty()) return enter(i, CrewStage::kWorks);
    rest(i, CrewStage::kLocked);
  }

  void release(std::uint32_t team) {
    if (team == kNone) return;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (gone_[i] || !awaits(all_[i]) || team_asked(i) != team) continue;
      if (is_free(team)) grant(i);
      return;
    }
  }

  // The cause is known: the responder is free before the remedy asks for one.
  void known(std::size_t i) {
    const std::uint32_t held = team_held(i);
    rest(i, CrewStage::kLooksOn);
    release(held);
    if (fault(i).has_remedy) ask(i, CrewStage::kAwaitsRepair);
  }

  bool is_barred(std::size_t i, std::uint32_t down) const {
    if (all_[i].glass == kBroken) return false;
    return std::ranges::any_of(fault(i).lock_by, [&](std::uint32_t lock) {
      return ((down >> lock) & 1U) != 0;
    });
  }

  // Incident by incident, clock by clock.
  void draw(CrewState state, std::size_t i, double rate,
            const CrewSpace::To& to) const {
    for (; i < state.size(); ++i) {
      CrewIncident& at = state[i];
      const CrewFault& of = plan_.faults[at.fault];
      if (at.phase == kToDraw) {
        return draw_one(state, i, clock_of(at), &CrewIncident::phase, rate, to);
      }
      if (at.ends == kToDraw) {
        return draw_one(state, i, of.ends, &CrewIncident::ends, rate, to);
      }
      if (at.glass == kToDraw) {
        return draw_one(state, i, of.glass, &CrewIncident::glass, rate, to);
      }
    }
    // Only the order within a team's queue means something.
    const auto team = [&](const CrewIncident& x) {
      const CrewFault& of = plan_.faults[x.fault];
      return x.stage == CrewStage::kAwaitsCare ? of.engages : of.repairs;
    };
    const auto queue = std::ranges::stable_partition(
        state, [](const CrewIncident& x) { return !awaits(x); });
    std::sort(state.begin(), queue.begin());
    std::ranges::stable_sort(queue, {}, team);
    to(state, rate);
  }

  void draw_one(const CrewState& state, std::size_t i, const PhaseType& clock,
                std::uint8_t CrewIncident::* which, double rate,
                const CrewSpace::To& to) const {
    for (std::uint32_t p = 0; p < clock.phases(); ++p) {
      if (clock.start[p] == 0) continue;
      CrewState drawn = state;
      drawn[i].*which = static_cast<std::uint8_t>(p);
      draw(std::move(drawn), i, rate * clock.start[p], to);
    }
  }

  const CrewPlan& plan_;
  CrewState all_;  // those that wait in order of arrival
  std::vector<std::uint8_t> gone_;
  std::deque<std::size_t> now_;  // whose stage is over at this moment
};

// What each clock of an incident does next.
class CrewClocks {
 public:
  CrewClocks(const CrewPlan& plan, const CrewState& from,
             const CrewSpace::To& to)
      : plan_(plan), from_(from), to_(to) {}

  void run(std::size_t i) const {
    const CrewFault& fault = plan_.faults[from_[i].fault];
    if (from_[i].ends != kNoPhase) {
      step(i, fault.ends, &CrewIncident::ends,
           [&](CrewMoment& moment) { moment.close(i); });
    }
    if (from_[i].glass < kBroken) {
      step(i, fault.glass, &CrewIncident::glass,
           [&](CrewMoment& moment) { moment.break_glass(i); });
    }
    if (from_[i].phase != kNoPhase) run_stage(i, fault);
  }

 private:
  void run_stage(std::size_t i, const CrewFault& fault) const {
    const PhaseType& clock = stage_clock(fault, from_[i].stage);
    const double wrong =
        from_[i].stage == CrewStage::kDiagnoses && fault.wrong.phases() > 0
            ? fault.wrong_share
            : 0;
    if (clock.next[from_[i].phase] == clock.phases() && wrong > 0) {
      const double rate = clock.leave[from_[i].phase];
      after(rate * wrong, [&](CrewMoment& moment) { moment.mistake(i); });
      after(rate * (1 - wrong), [&](CrewMoment& moment) { moment.pass(i); });
      return;
    }
    step(i, clock, &CrewIncident::phase,
         [&](CrewMoment& moment) { moment.pass(i); });
  }

  static const PhaseType& stage_clock(const CrewFault& fault, CrewStage stage) {
    switch (stage) {
      case CrewStage::kDetects:
        return fault.detect;
      case CrewStage::kEngages:
        return fault.engage;
      case CrewStage::kDiagnoses:
        return fault.diagnose;
      case CrewStage::kWasWrong:
        return fault.wrong;
      default:
        return fault.work;
    }
  }

  template <class Act>
  void after(double rate, Act act) const {
    CrewMoment moment(plan_, from_);
    act(moment);
    moment.settle();
    if (rate > 0) moment.tell(rate, to_);
  }

  // To its next phase, or what follows the last.
  template <class Act>
  void step(std::size_t i, const PhaseType& clock,
            std::uint8_t CrewIncident::* which, Act act) const {
    const std::uint32_t phase = from_[i].*which;
    const std::uint32_t next = clock.next[phase];
    if (next == clock.phases()) return after(clock.leave[phase], act);
    CrewState later = from_;
    later[i].*which = static_cast<std::uint8_t>(next);
    CrewMoment(plan_, std::move(later)).tell(clock.leave[phase], to_);
  }

  const CrewPlan& plan_;
  const CrewState& from_;
  const CrewSpace::To& to_;
};

}  // namespace

bool CrewSpace::has_room(const CrewState& from) const {
  const auto early =
      std::ranges::count_if(from, [](const CrewIncident& incident) {
        return incident.stage <= CrewStage::kEngages;
      });
  return from.size() < room_.open &&
         static_cast<std::uint32_t>(early) < room_.early;
}

bool CrewSpace::may_strike(const CrewState& from, std::size_t fault) const {
  if (plan_.faults[fault].overlaps) return true;
  return std::ranges::none_of(
      from, [&](const CrewIncident& open) { return open.fault == fault; });
}

void CrewSpace::moves(const CrewState& from, const To& to) const {
  for (std::size_t f = 0; f < plan_.faults.size(); ++f) {
    if (!has_room(from) || !may_strike(from, f)) continue;
    CrewMoment moment(plan_, from);
    moment.strike(f);
    moment.settle();
    moment.tell(plan_.faults[f].rate, to);
  }
  const CrewClocks clocks(plan_, from, to);
  for (std::size_t i = 0; i < from.size(); ++i) clocks.run(i);
}

void CrewSpace::unlock(const CrewState& from, std::uint32_t down,
                       const To& to) const {
  CrewMoment moment(plan_, from);
  if (!moment.unlock(down)) return;
  do {
    moment.settle();
  } while (moment.unlock(down));
  moment.tell(1, to);
}

double CrewSpace::uncounted_rate(const CrewState& state) const {
  if (has_room(state)) return 0;
  double rate = 0;
  for (std::size_t f = 0; f < plan_.faults.size(); ++f) {
    if (may_strike(state, f)) rate += plan_.faults[f].rate;
  }
  return rate;
}

std::vector<std::uint32_t> CrewSpace::open_by_fault(
    const CrewState& state) const {
  std::vector<std::uint32_t> open(plan_.faults.size(), 0);
  for (const CrewIncident& incident : state) ++open[incident.fault];
  return open;
}

}  // namespace outagesim

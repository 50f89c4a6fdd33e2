#include "models/analysis/crew_space.h"

#include <algorithm>

namespace outagesim {
namespace {

// What each clock of an incident does next.
class CrewClocks {
 public:
  CrewClocks(const CrewPlan& plan, const CrewState& from, const CrewTo& to)
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
    const PhaseType& clock = stage_phases(fault, from_[i].stage);
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
  const CrewTo& to_;
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

void CrewSpace::moves(const CrewState& from, const CrewTo& to) const {
  for (std::size_t f = 0; f < plan_.faults.size() && has_room(from); ++f) {
    CrewMoment moment(plan_, from);
    moment.strike(f);
    moment.settle();
    moment.tell(plan_.faults[f].rate, to);
  }
  const CrewClocks clocks(plan_, from, to);
  for (std::size_t i = 0; i < from.size(); ++i) clocks.run(i);
}

void CrewSpace::unlock(const CrewState& from, std::uint32_t down,
                       const CrewTo& to) const {
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
  for (const CrewFault& fault : plan_.faults) rate += fault.rate;
  return rate;
}

std::vector<std::uint32_t> CrewSpace::open_by_fault(
    const CrewState& state) const {
  std::vector<std::uint32_t> open(plan_.faults.size(), 0);
  for (const CrewIncident& incident : state) ++open[incident.fault];
  return open;
}

}  // namespace outagesim

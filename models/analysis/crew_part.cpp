#include "models/analysis/crew_part.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "models/analysis/crew_space.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostLocks = 6;
constexpr std::uint32_t kFewest = 2, kMostOpen = 60;
constexpr double kUncounted = 1e-10;  // share of strikes that may be

double mean_time(const PhaseType& phases) {
  return phases.phases() == 0 ? 0 : moment(phases, 1);
}

double held_time(const CrewFault& fault) {
  return mean_time(fault.diagnose) + fault.wrong_share * mean_time(fault.wrong);
}

// Without waiting.
double time_open(const CrewFault& fault) {
  if (!fault.has_remedy) return mean_time(fault.ends);
  return mean_time(fault.detect) + mean_time(fault.engage) + held_time(fault) +
         mean_time(fault.work);
}

// How many of Poisson arrivals of this load are there at once but for a share.
std::uint32_t room_for(double load) {
  double lost = 1;
  std::uint32_t room = 0;
  while (room < kMostOpen && lost > kUncounted) {
    ++room;
    lost = load * lost / (room + load * lost);  // [Erlang17]
  }
  return room;
}

// Of a team's queue: it falls off as its load does.
std::uint32_t room_to_wait(const CrewPlan& plan, std::uint32_t team) {
  double load = 0;
  for (const CrewFault& fault : plan.faults) {
    if (fault.engages == team) load += fault.rate * held_time(fault);
    if (fault.repairs == team) load += fault.rate * mean_time(fault.work);
  }
  load /= plan.responders[team];
  if (load == 0) return 0;
  if (load >= 1) return kMostOpen;
  return static_cast<std::uint32_t>(
      std::min<double>(kMostOpen, std::log(kUncounted) / std::log(load)));
}

std::uint32_t room_wanted(const CrewPlan& plan) {
  double load = 0;
  std::uint32_t closed = 0;
  for (const CrewFault& fault : plan.faults) {
    closed += fault.overlaps ? 0 : 1;
    load += fault.overlaps ? fault.rate * time_open(fault) : 0;
  }
  if (closed == plan.faults.size()) return closed;
  std::uint32_t room = room_for(load) + closed;
  for (std::uint32_t t = 0; t < plan.responders.size(); ++t) {
    room += room_to_wait(plan, t);
  }
  return std::clamp(room, kFewest, kMostOpen);
}

// All states that may be, whatever bars.
class CrewExplorer {
 public:
  CrewExplorer(const CrewPlan& plan, std::uint32_t most)
      : plan_(plan), space_(plan, most), unlocks_(1U << plan.locks.size()) {}

  bool explore() {
    number_of({});
    for (std::uint32_t s = 0; s < states_.size(); ++s) {
      if (states_.size() > kMostPartStates) return false;
      const CrewState state = states_[s];  // a copy: the list may move
      space_.moves(state, [&](const CrewState& next, double rate) {
        moves_.push_back({s, number_of(next), rate});
      });
      for (std::uint32_t down = 0; down < unlocks_.size(); ++down) {
        auto& jumps = unlocks_[down].emplace_back();
        space_.unlock(state, down, [&](const CrewState& next, double share) {
          jumps.push_back({static_cast<std::uint16_t>(number_of(next)), share});
        });
      }
    }
    return true;
  }

  // Precondition: all was explored.
  ChainPart part() {
    ChainPart part;
    part.fit_error = plan_.fit_error;
    part.losses.emplace_back();
    std::map<std::vector<std::uint32_t>, std::uint16_t> levels;
    levels[std::vector<std::uint32_t>(plan_.faults.size(), 0)] = 0;
    for (const CrewState& state : states_) {
      const auto open = space_.open_by_fault(state);
      const auto [at, is_new] = levels.try_emplace(
          open, static_cast<std::uint16_t>(part.losses.size()));
      if (is_new) part.losses.push_back(losses_by(open));
      part.level.push_back(at->second);
      part.uncounted_at.push_back(space_.uncounted_rate(state));
    }
    part.initial.assign(states_.size(), 0);
    part.initial[0] = 1;
    part.chain = make_chain(static_cast<std::uint32_t>(states_.size()),
                            std::move(moves_));
    if (!plan_.locks.empty()) {
      part.locks = plan_.locks;
      part.unlocks = std::move(unlocks_);
    }
    return part;
  }

 private:
  std::uint32_t number_of(const CrewState& state) {
    const auto [at, is_new] =
        numbers_.try_emplace(state, static_cast<std::uint32_t>(states_.size()));
    if (is_new) states_.push_back(state);
    return at->second;
  }

  std::vector<NodeLoss> losses_by(
      const std::vector<std::uint32_t>& open) const {
    std::vector<NodeLoss> losses;
    for (std::size_t f = 0; f < open.size(); ++f) {
      for (const NodeLoss& loss : plan_.faults[f].losses) {
        if (open[f] == 0) continue;
        losses.push_back({loss.node, std::pow(loss.health, open[f]),
                          std::pow(loss.served, open[f])});
      }
    }
    return losses;
  }

  const CrewPlan& plan_;
  CrewSpace space_;
  std::map<CrewState, std::uint32_t> numbers_;
  std::vector<CrewState> states_;
  std::vector<ChainMove> moves_;
  std::vector<std::vector<std::vector<PartJump>>> unlocks_;  // by locks down
};

}  // namespace

std::optional<ChainPart> crew_part(const Model& model,
                                   const std::vector<std::uint32_t>& faults,
                                   LawFits& fits) {
  const CrewPlan plan = crew_plan(model, faults, fits);
  if (plan.locks.size() > kMostLocks) return std::nullopt;
  for (std::uint32_t room = room_wanted(plan); room >= kFewest;
       room -= std::max(1U, room / 5)) {
    CrewExplorer explorer(plan, room);
    if (!explorer.explore()) continue;
    ChainPart part = explorer.part();
    part.name = "fault " + plan.faults[0].name;
    for (const CrewFault& fault : plan.faults) {
      part.uncounted_time =
          std::max(part.uncounted_time, (room + 1) * time_open(fault));
    }
    return part;
  }
  return std::nullopt;
}

}  // namespace outagesim

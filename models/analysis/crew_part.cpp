#include "models/analysis/crew_part.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "models/analysis/crew_space.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostLocks = 6;
constexpr std::uint32_t kFewest = 2, kMostOpen = 60;
// Share of strikes that finds no room: better, and hardly good enough.
constexpr double kUncounted = 1e-9, kMostUncounted = 1e-5;
constexpr std::uint32_t kMostCrewStates = 30'000;

double mean_time(const PhaseType& phases) {
  return phases.phases() == 0 ? 0 : moment(phases, 1);
}

double held_time(const CrewFault& fault) {
  return mean_time(fault.diagnose) + fault.wrong_share * mean_time(fault.wrong);
}

double early_time(const CrewFault& fault) {
  return mean_time(fault.detect) + mean_time(fault.engage);
}

// Longer where it is locked out: at most until the glass is broken.
double work_time(const CrewFault& fault) {
  return mean_time(fault.work) + mean_time(fault.glass);
}

// Without waiting for a responder.
double time_open(const CrewFault& fault) {
  if (!fault.has_remedy) return mean_time(fault.ends);
  return early_time(fault) + held_time(fault) + work_time(fault);
}

using Chances = std::vector<double>;  // of 0, 1, 2, … at once

// As in a queue with so many servers; with as many as may be, all are served.
Chances number_at_once(double load, std::uint32_t servers) {
  Chances chances{1};
  double sum = 1;
  for (std::uint32_t n = 1; n <= kMostOpen; ++n) {
    chances.push_back(chances.back() * load / std::min(n, servers));
    sum += chances.back();
  }
  for (double& chance : chances) chance /= sum;
  return chances;
}

Chances together(const Chances& a, const Chances& b) {
  Chances sum(a.size(), 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; i + j < sum.size(); ++j) sum[i + j] += a[i] * b[j];
  }
  return sum;
}

// So many at once that more are hardly ever.
std::uint32_t room_in(const Chances& chances, double uncounted) {
  double beyond = 1;
  std::uint32_t room = 0;
  while (room < kMostOpen) {
    beyond -= chances[room];
    if (beyond < uncounted) break;
    ++room;
  }
  return std::max(room, kFewest);
}

// Of the teams as if each stood alone: enough to know how much room to make.
CrewRoom room_wanted(const CrewPlan& plan, double uncounted) {
  double early = 0, served = 0;
  std::vector<double> load(plan.responders.size(), 0.0);
  const auto add = [&](std::uint32_t team, double amount) {
    (team == kNone ? served : load[team]) += amount;
  };
  for (const CrewFault& fault : plan.faults) {
    early += fault.rate * early_time(fault);
    add(fault.engages, fault.rate * held_time(fault));
    add(fault.repairs, fault.rate * work_time(fault));
    if (!fault.has_remedy) served += fault.rate * mean_time(fault.ends);
  }
  Chances all = number_at_once(early + served, kMostOpen);
  for (std::size_t t = 0; t < load.size(); ++t) {
    if (load[t] == 0) continue;
    all = together(all, number_at_once(load[t], plan.responders[t]));
  }
  return {room_in(all, uncounted),
          room_in(number_at_once(early, kMostOpen), uncounted)};
}

// All states that may be, whatever bars.
class CrewExplorer {
 public:
  CrewExplorer(const CrewPlan& plan, CrewRoom room)
      : plan_(plan), space_(plan, room), unlocks_(1U << plan.locks.size()) {}

  bool explore() {
    number_of({});
    for (std::uint32_t s = 0; s < states_.size(); ++s) {
      if (states_.size() > kMostCrewStates) return false;
      const CrewState state = states_[s];  // a copy: the list may move
      space_.moves(state, [&](const CrewState& next, double rate) {
        moves_.push_back({s, number_of(next), rate});
      });
      add_unlocks(state);
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

  void add_unlocks(const CrewState& state) {
    for (std::uint32_t down = 0; down < unlocks_.size(); ++down) {
      std::vector<PartJump>& jumps = unlocks_[down].emplace_back();
      space_.unlock(state, down, [&](const CrewState& next, double share) {
        jumps.push_back({static_cast<std::uint16_t>(number_of(next)), share});
      });
    }
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
                                   LawFits& fits, std::uint32_t more_room) {
  const CrewPlan plan = crew_plan(model, faults, fits);
  if (plan.locks.size() > kMostLocks) return std::nullopt;
  const std::uint32_t least = room_wanted(plan, kMostUncounted).open;
  CrewRoom room = room_wanted(plan, kUncounted);
  room.open = std::min(kMostOpen, room.open * more_room);
  while (room.open >= least) {
    CrewExplorer explorer(plan, room);
    if (!explorer.explore()) {
      room.open -= std::max(1U, room.open / 5);
      continue;
    }
    ChainPart part = explorer.part();
    part.name = "fault " + plan.faults[0].name;
    for (const CrewFault& fault : plan.faults) {
      part.uncounted_time =
          std::max(part.uncounted_time, (room.open + 1) * time_open(fault));
    }
    return part;
  }
  return std::nullopt;
}

}  // namespace outagesim

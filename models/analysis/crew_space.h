// The moves of a crew's Markov chain: a state is the open incidents, each with
// its stage and phase; those that wait for a responder stand behind the others,
// in the order in which they came. What happens at the same moment (a responder
// who is free takes the next) is done in the order in which the engine does it.
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/crew_moment.h"

namespace outagesim {

// How many incidents are counted at once: strikes that find no room are lost.
struct CrewRoom {
  std::uint32_t open = 0;
  std::uint32_t early = 0;  // of those, detected or engaged at most
};

class CrewSpace {
 public:
  // The plan must outlive it. Precondition: fewer than 250 faults and phases
  // of a stage.
  CrewSpace(const CrewPlan& plan, CrewRoom room) : plan_(plan), room_(room) {}

  void moves(const CrewState& from, const CrewTo& to) const;

  // Where it goes at once, by chance, while the locks marked in `down` (bits)
  // bar what they bar; nothing is called where it stays.
  void unlock(const CrewState& from, std::uint32_t down,
              const CrewTo& to) const;

  // Strikes a second that find no room.
  double uncounted_rate(const CrewState& state) const;
  // How many of each fault are open.
  std::vector<std::uint32_t> open_by_fault(const CrewState& state) const;

 private:
  bool has_room(const CrewState& from) const;

  const CrewPlan& plan_;
  CrewRoom room_;
};

}  // namespace outagesim

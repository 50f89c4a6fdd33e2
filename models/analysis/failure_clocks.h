// What can put a product out, as clocks that run side by side: a background
// process (its time to failure, then its repair), and strikes that come whether
// or not the last one is repaired (a common cause, failures from start to
// start, a fault at a rate or at a time that ends by itself). Times keep the
// laws they have: no phases are fitted. What a sampler of rare outages races.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/analysis/switch_rules.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct FailureClock {
  struct Member {
    double struck = 1;               // that a strike hits it
    SwitchRules::PartLosses losses;  // by how many repairs are under way
  };
  std::string name;
  Distribution until, repair;
  std::uint32_t clock = kNone;  // into Plan::clocks: until is operational time
  bool alternates = false;      // until runs from the end of the repair
  bool once = false;            // strikes one time and no more
  bool one_repair = false;      // of all members struck together
  bool stationary = false;      // alternating ones only
  Seconds mean_up{0}, mean_down{0};  // likewise
  std::vector<Member> members;
};

// Why a product's failures are not such clocks, each with a way out; empty if
// they are.
std::vector<std::string> failure_clock_doubts(const Model& model,
                                              std::uint32_t product);

// Those that bear on the product. Precondition: no doubts.
std::vector<FailureClock> failure_clocks(const Model& model,
                                         std::uint32_t product);

// How far a product is from an outage: the least number of further parts that
// must be down (a part: a member of a clock, numbered through), time taken out;
// where a switch does not rest, what it could turn to counts as down. The least
// path through the decision diagram: O(its nodes).
class OutageDistance {
 public:
  // `rules`: of the same parts.
  OutageDistance(const Model& model, std::uint32_t product,
                 const std::vector<FailureClock>& clocks,
                 const SwitchRules& rules);

  // The greatest number where no further failure can do it.
  std::uint32_t of(const SwitchState& state) const;

 private:
  struct Step {  // a node of the diagram; those below it come before it
    std::uint32_t part = 0, low = 0, high = 0;  // into steps_
  };
  std::vector<Step> steps_;  // the first two: never, and out already
  std::vector<std::vector<std::uint32_t>> behind_;  // by switch: parts
};

}  // namespace outagesim

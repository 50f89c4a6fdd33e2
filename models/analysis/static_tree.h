// The static part of a scenario as a fault tree: for each product, what has to
// be down for it to be out. Time is taken out: a switch-over is instant and
// works, a cache has run out, restarts take no time; an event's probability is
// the share of the horizon it is under way. Services are gates where they
// either serve or do not; where one serves in part, its product is a ladder of
// gates that follows the decision diagram of its outage, exactly.
#pragma once

#include "models/compiled/compile.h"
#include "models/parts/fault_tree.h"

namespace outagesim {

FaultTree static_tree(const Model& model);

// The same system with time taken out.
Model without_time(Model model);

// The probability of each top of a tree, its minimal cut sets and importance,
// by decision diagram over its events.
struct TreeAnswer {
  std::uint32_t top = 0;  // into FaultTree::gates
  double probability = 0;
  std::vector<std::vector<std::uint32_t>> cut_sets;
  std::vector<double> birnbaum;        // by event
  std::vector<double> fussell_vesely;  // by event
  std::vector<double> achievement;     // by event, risk achievement worth
  std::vector<double> reduction;       // by event, risk reduction worth
};
std::vector<TreeAnswer> solve_tree(const FaultTree& tree,
                                   std::uint32_t most_order = 12);

}  // namespace outagesim

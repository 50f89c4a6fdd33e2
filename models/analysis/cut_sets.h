// Minimal cut sets of a failure function that is a decision diagram [Rauzy93],
// up to a stated order, and the importance of each variable. Variables are
// failures; the function must be coherent: no failure may do good.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/analysis/decision_diagram.h"

namespace outagesim {

using CutSet = std::vector<std::uint32_t>;  // variables, ascending

struct CutSetOptions {
  std::uint32_t most_order = 4;  // larger sets are left out
  std::size_t most_sets = 100'000;
};

struct CutSetAnswer {
  std::vector<CutSet> sets;  // by order, then lexicographically
  bool whole = true;         // false: there were more than most_sets
};

// Precondition: f is coherent.
CutSetAnswer minimal_cut_sets(const DecisionDiagram& diagram, DiagramRef f,
                              const CutSetOptions& options = {});

// What one failure means for the system's unavailability P.
struct FailureImportance {
  double birnbaum = 0;        // P if it has failed - P if it never does
  double fussell_vesely = 0;  // share of P that it has part in
  double achievement = 1;     // risk achievement worth: P if failed / P
  double reduction = 1;       // risk reduction worth: P / P if it never fails
};

// For each variable; of those that f does not use, nothing: 0, 0, 1, 1.
// P = 0 gives importances of 0 and worths of 1. O(nodes of f).
std::vector<FailureImportance> failure_importance(
    const DecisionDiagram& diagram, DiagramRef f, std::span<const double> p);

}  // namespace outagesim

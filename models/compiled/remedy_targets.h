// What a remedy acts on, in its stated order: cells of its faults' places, or
// the needs that it switches or drops.
#pragma once

#include <vector>

#include "models/compiled/compile_plan.h"

namespace outagesim {

struct RemedyTarget {
  NodeId cell = 0;
  NeedId need = kNone;  // of that cell; switch and drop only
};

struct RemedyTargets {
  std::vector<RemedyTarget> in_order;
  std::uint32_t at_most = kNone;  // only the first so many of the affected
};

// `faults` as compiled. Not for `traffic`, which acts on a whole service.
RemedyTargets remedy_targets(const PlanSource& source,
                             const std::vector<CompiledFault>& faults,
                             const Remedy& remedy);

}  // namespace outagesim

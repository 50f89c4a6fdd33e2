// What each service serves as a function of which failure events are under way:
// the definitions of docs/model.md written down a second time, as diagrams of
// numbers, so that the simulator's own propagation is checked too. What depends
// on the past (caches, switch-over that takes time) is not a function of the
// moment: such a service says why it has none.
#pragma once

#include <string>
#include <vector>

#include "models/analysis/failure_source.h"
#include "models/analysis/value_diagram.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct ServedFunctions {
  ValueDiagram diagram;
  std::vector<ValueRef> served;  // by node; means nothing where there is a why
  std::vector<std::vector<std::string>> why_not;  // by node: reasons, sorted

  explicit ServedFunctions(std::uint32_t sources) : diagram(sources) {}
};

// Event i of the diagram is sources.known[i]. O(nodes of the diagram).
ServedFunctions served_functions(const Model& model,
                                 const FailureSources& sources);

}  // namespace outagesim

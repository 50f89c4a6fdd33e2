// Ignorance about a number of the scenario, as against chance: it has one true
// value that nobody knows. A factor of what is written, or a range.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/parts/distribution.h"
#include "models/parts/place.h"

namespace outagesim {

struct Belief {
  std::string name;
  SourcePosition at;
  std::vector<Reference> about;        // paths; these numbers move together
  std::optional<Distribution> factor;  // of what is written; or:
  std::vector<Reference> between;      // two values in words, low and high
  std::string why;
};

}  // namespace outagesim

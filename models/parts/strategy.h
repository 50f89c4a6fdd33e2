// A strategy: something that could be done, why, and its price. What it
// changes is a patch of the scenario's text, see models/scenario/strategy.h.
#pragma once

#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"

namespace outagesim {

struct Strategy {
  std::string name;
  SourcePosition at;
  std::string why;      // one line
  bool priced = false;  // otherwise what it costs is not known
  Money price_once{0};
  Money price_per_year{0};
  std::vector<std::string> combines;  // the strategies it is made of
};

}  // namespace outagesim

// What the surroundings tell: whether to use colour.
#pragma once

#include "viz/table.h"

namespace outagesim {

// Colour if the standard output is a terminal that can, unless NO_COLOR is set.
TextStyle output_style();

}  // namespace outagesim

// A moment of a run, or a length of time, as a clock shows it.
#pragma once

#include <string>

#include "models/base/units.h"

namespace outagesim {

// "0:08:30" after the start, "-0:04:00" before it, "3 d 0:08:30" from a day on;
// of a length, how long it is. Rounded to seconds. Precondition: t is finite.
std::string clock_text(Seconds t);

}  // namespace outagesim

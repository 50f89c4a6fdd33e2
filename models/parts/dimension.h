// What a distribution is a distribution of.
#pragma once

namespace outagesim {

enum class Dimension {
  kTime,   // durations: every quantity needs a unit of time
  kPlain,  // plain numbers or percentages: sizes, severities
};

}  // namespace outagesim

// A set of times of a history on its way to a fit: what is too long or has no
// length is left out and counted, the rest fitted and tested.
#pragma once

#include <string>
#include <string_view>

#include "sim/experiment/calibration.h"

namespace outagesim {

class TimesGathered {
 public:
  // The options must outlive it.
  TimesGathered(std::string what, const CalibrationOptions& options);

  // A time in seconds; `may_be_long` where `longest` does not apply.
  void add(double time, bool censored, bool may_be_long);

  // `whose` seeds the bootstrap. A fit of the very same times is taken over,
  // with its p-values.
  TimeFit fit(std::string_view whose, const TimeFit* same = nullptr);

 private:
  void test_goodness(std::string_view whose);

  const CalibrationOptions& options_;
  TimeFit fit_;
};

}  // namespace outagesim

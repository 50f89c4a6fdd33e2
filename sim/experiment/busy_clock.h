// Moments of a history on a clock that runs fast in the hours when incidents
// are likely: the gaps between them lose the rhythm of the week.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "models/base/utc_time.h"

namespace outagesim {

class BusyClock {
 public:
  // With a factor for each hour from `from` on; without any, the plain clock.
  explicit BusyClock(UtcTime from, std::vector<double> factors = {})
      : from_(from), factors_(std::move(factors)) {
    before_.push_back(0);
    for (const double factor : factors_) {
      before_.push_back(before_.back() + factor);
    }
  }

  // Seconds on this clock since `from`. Precondition: time >= from.
  double at(UtcTime time) const {
    const auto real = static_cast<double>(time.seconds - from_.seconds);
    if (factors_.empty()) return real;
    const auto hour =
        std::min(static_cast<std::size_t>(real / 3600), factors_.size() - 1);
    const double into = real - 3600 * static_cast<double>(hour);
    return 3600 * before_[hour] + factors_[hour] * into;
  }

 private:
  UtcTime from_;
  std::vector<double> factors_;
  std::vector<double> before_;  // hours before each hour
};

}  // namespace outagesim

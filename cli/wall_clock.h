// How long a command has been at work.
#pragma once

#include <chrono>

#include "models/base/units.h"

namespace outagesim {

class WallClock {
 public:
  Seconds passed() const {
    return {std::chrono::duration<double>(Clock::now() - began_).count()};
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point began_ = Clock::now();
};

}  // namespace outagesim

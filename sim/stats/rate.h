// Events per second of exposure, with the exact interval of a Poisson count
// [Garwood36]: right for events that do not cluster; where they do, estimate a
// ratio of means instead.
#pragma once

#include <cstdint>

#include "models/base/units.h"
#include "sim/core/exact_sum.h"
#include "sim/stats/estimate.h"

namespace outagesim {

// The mean of a Poisson law of which `count` events were seen.
Estimate garwood(std::uint64_t count, double level = kConfidence);

struct Rate {
  std::uint64_t events = 0;
  ExactSum exposure;  // seconds

  void add(std::uint64_t count, Seconds observed) {
    events += count;
    exposure.add(observed.value);
  }
  void merge(const Rate& other) {
    events += other.events;
    exposure.merge(other.exposure);
  }
  // Per second; n is the number of events. Undefined without exposure.
  Estimate estimate(double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(events, exposure);
  }
  friend bool operator==(const Rate&, const Rate&) = default;
};

}  // namespace outagesim

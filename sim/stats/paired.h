// A strategy against the baseline on the same random numbers: what they share
// cancels in the difference, so its interval is narrower than two separate runs
// would give. The gain says how much.
#pragma once

#include "sim/stats/moments.h"

namespace outagesim {

struct Paired {
  Mean baseline, strategy, difference;

  // One replication under both.
  void add(double under_baseline, double under_strategy);
  void merge(const Paired& other);

  // Mean of strategy - baseline; negative where the strategy lowers it.
  Estimate estimate(double level = kConfidence) const {
    return difference.estimate(level);
  }
  // Variance with independent runs / variance as paired: how many times fewer
  // replications pairing needs. Infinite for a constant difference, NaN when
  // nothing varies at all.
  double gain() const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(baseline, strategy, difference);
  }
  friend bool operator==(const Paired&, const Paired&) = default;
};

}  // namespace outagesim

// Latencies in classes of equal ratio: a quantile is right to 2 %.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

class LatencyHistogram {
 public:
  void add(double seconds);
  std::uint64_t count() const { return count_; }
  // Precondition: count() > 0.
  Seconds quantile(Probability p) const;
  Seconds mean() const;

 private:
  std::vector<std::uint64_t> classes_;
  std::uint64_t count_ = 0;
  double sum_ = 0;
};

}  // namespace outagesim

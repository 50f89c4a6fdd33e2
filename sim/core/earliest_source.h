// The earliest of a fixed number of sources, each with its next time: a
// tournament, so that a change costs O(log sources).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

class EarliestSource {
 public:
  explicit EarliestSource(std::size_t sources)
      : leaves_(std::bit_ceil(sources < 2 ? std::size_t{2} : sources)),
        times_(2 * leaves_, kForever.value) {}

  void set(std::size_t source, double time) {
    std::size_t node = leaves_ + source;
    times_[node] = time;
    while (node > 1) {
      const double best =
          times_[node] < times_[node ^ 1] ? times_[node] : times_[node ^ 1];
      node /= 2;
      if (times_[node] == best) return;
      times_[node] = best;
    }
  }
  double time() const { return times_[1]; }
  // The earliest; of equals the one with the lowest number.
  std::size_t source() const {
    std::size_t node = 1;
    while (node < leaves_) {
      node *= 2;
      if (times_[node] > times_[node + 1]) ++node;
    }
    return node - leaves_;
  }

 private:
  std::size_t leaves_;
  std::vector<double> times_;
};

}  // namespace outagesim

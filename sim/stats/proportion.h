// The share of independent trials that succeed, with Wilson's score interval
// [Wilson27], which stays inside [0, 1] and is sound at 0 and n successes.
#pragma once

#include <cstdint>

#include "sim/stats/estimate.h"

namespace outagesim {

// Of n trials; successes may be fractional, where ties count half.
Estimate wilson(double successes, std::uint64_t n, double level = kConfidence);

struct Proportion {
  std::uint64_t n = 0;
  std::uint64_t successes = 0;

  void add(bool success) {
    ++n;
    successes += success ? 1 : 0;
  }
  void merge(const Proportion& other) {
    n += other.n;
    successes += other.successes;
  }
  Estimate estimate(double level = kConfidence) const {
    return wilson(static_cast<double>(successes), n, level);
  }

  template <class Archive>
  void visit(Archive& archive) {
    archive(n, successes);
  }
  friend bool operator==(const Proportion&, const Proportion&) = default;
};

}  // namespace outagesim

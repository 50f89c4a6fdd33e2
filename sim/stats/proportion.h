// The share of independent trials that succeed, with Wilson's score interval
// [Wilson27], which stays inside [0, 1] and is sound at 0 and n successes.
// Where the watch ended too early to tell, the interval holds both answers.
#pragma once

#include <cstdint>

#include "sim/stats/estimate.h"

namespace outagesim {

// Of n trials; successes may be fractional, where ties count half.
Estimate wilson(double successes, std::uint64_t n, double level = kConfidence);

struct Proportion {
  std::uint64_t n = 0;
  std::uint64_t successes = 0;
  std::uint64_t unknown = 0;

  void add_unknown() {
    ++n;
    ++unknown;
  }
  void add(bool success) {
    ++n;
    successes += success ? 1 : 0;
  }
  void merge(const Proportion& other) {
    n += other.n;
    successes += other.successes;
    unknown += other.unknown;
  }
  // The share among those that are known. The lower end takes all unknown ones
  // for failures, the upper one for successes.
  Estimate estimate(double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(n, successes, unknown);
  }
  friend bool operator==(const Proportion&, const Proportion&) = default;
};

}  // namespace outagesim

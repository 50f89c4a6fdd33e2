// The share of independent trials that succeed, with Wilson's score interval
// [Wilson27], which stays inside [0, 1] and is sound at 0 and n successes.
// Where the watch ended too early to tell, the interval holds both answers.
#pragma once

#include <cstdint>

#include "sim/stats/ratio.h"

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

// The share of trials that succeed where those of one replication depend on
// each other: Wilson's interval on as many trials as they are worth [Korn98].
// How alike they are is known from the replications that hold the rarer answer;
// while there are few, up to all trials of a replication may be as good as one.
struct ClusteredProportion {
  Ratio successes;                 // over trials
  std::uint64_t with_success = 0;  // replications with at least one
  std::uint64_t with_failure = 0;

  // The trials of one replication; as many in each, or nearly so.
  void add(std::uint64_t succeeded, std::uint64_t trials);
  void merge(const ClusteredProportion& other);

  // n is the number of replications.
  Estimate estimate(double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(successes, with_success, with_failure);
  }
  friend bool operator==(const ClusteredProportion&,
                         const ClusteredProportion&) = default;

 private:
  double design_effect(double share, double level) const;
};

}  // namespace outagesim

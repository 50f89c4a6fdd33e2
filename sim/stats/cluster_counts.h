// How alike the times of one replication are. What happens within a
// replication is dependent, so n times tell less than n independent ones: by
// the design effect, the variance of the share that has ended, clustered by
// replication and linearised, over that of independent times [Korn98]. All it
// takes are counts of pairs within replications: integers that merge exactly.
#pragma once

#include <cstdint>
#include <span>

#include "sim/stats/binned_counts.h"

namespace outagesim {

// A time, or how long it was watched for without being over.
struct WatchedTime {
  double time = 0;
  bool censored = false;
};

struct ClusterCounts {
  std::uint64_t clusters = 0;    // replications with at least one time
  std::uint64_t same_pairs = 0;  // ordered pairs within one replication
  BinnedCounts event_pairs;      // told at the later of the two
  BinnedCounts event_others;     // at each event: the others of its cluster
  BinnedCounts censored_pairs;   // the same of censored times
  BinnedCounts censored_others;
  BinnedCounts mixed_pairs;  // unordered: one event, one censored

  // The times of one replication, ascending. Nothing but the first count moves
  // for a single time.
  void add(std::span<const WatchedTime> ascending);
  // Of the same cluster: before it, and all others.
  struct Place {
    std::uint64_t ended = 0, lost = 0, others = 0;
  };
  void add_censored(double time, const Place& place);
  void merge(const ClusterCounts& other);

  bool clustered() const { return same_pairs > 0; }

  template <class Archive>
  void visit(Archive& archive) {
    archive(clusters, same_pairs, event_pairs, event_others, censored_pairs,
            censored_others, mixed_pairs);
  }
  friend bool operator==(const ClusterCounts&, const ClusterCounts&) = default;
};

// The design effect of the share that has ended by t, among the times of which
// it is known; at least 1. `events` and `censored` count the times themselves.
double design_effect(const ClusterCounts& pairs, const BinnedCounts& events,
                     const BinnedCounts& censored, double t);

}  // namespace outagesim

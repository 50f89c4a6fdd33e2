#include "sim/stats/cluster_counts.h"

#include <algorithm>

namespace outagesim {

void ClusterCounts::add(std::span<const WatchedTime> ascending) {
  if (ascending.empty()) return;
  ++clusters;
  const std::uint64_t others = ascending.size() - 1;
  if (others == 0) return;
  same_pairs += ascending.size() * others;
  std::uint64_t ended = 0;
  std::uint64_t lost = 0;
  for (const WatchedTime& one : ascending) {
    if (one.censored) {
      add_censored(one.time, {ended, lost++, others});
    } else {
      event_pairs.add(one.time, 2 * ended++);
      event_others.add(one.time, others);
      mixed_pairs.add(one.time, lost);
    }
  }
}

void ClusterCounts::add_censored(double time, const Place& place) {
  censored_pairs.add(time, 2 * place.lost);
  censored_others.add(time, place.others);
  mixed_pairs.add(time, place.ended);
}

void ClusterCounts::merge(const ClusterCounts& other) {
  clusters += other.clusters;
  same_pairs += other.same_pairs;
  event_pairs.merge(other.event_pairs);
  event_others.merge(other.event_others);
  censored_pairs.merge(other.censored_pairs);
  censored_others.merge(other.censored_others);
  mixed_pairs.merge(other.mixed_pairs);
}

double design_effect(const ClusterCounts& pairs, const BinnedCounts& events,
                     const BinnedCounts& censored, double t) {
  if (!pairs.clustered() || pairs.clusters < 2) return 1;
  const auto upto = [t](const BinnedCounts& counts) {
    return static_cast<double>(counts.count_upto(t));
  };
  const auto n = static_cast<double>(events.n + censored.n);
  const double ended = upto(events);
  const double lost = upto(censored);
  const double known = n - lost;
  // Of each replication d have ended by t, c were lost before, of m in all;
  // k = m - c. Sums over replications of dd, dk and kk.
  const double dd = ended + upto(pairs.event_pairs);
  const double dm = ended + upto(pairs.event_others);
  const double dk = dm - upto(pairs.mixed_pairs);
  const double cm = lost + upto(pairs.censored_others);
  const double cc = lost + upto(pairs.censored_pairs);
  const double mm = n + static_cast<double>(pairs.same_pairs);
  const double kk = mm - 2 * cm + cc;
  if (known <= 0) return std::max(1.0, mm / n);
  const double share = ended / known;
  const double independent = known * share * (1 - share);
  // Where all or none have ended the sample cannot say: the times of one
  // replication might all be the same.
  if (independent <= 0) return std::max(1.0, kk / known);
  const auto clusters = static_cast<double>(pairs.clusters);
  const double variance =
      (dd - 2 * share * dk + share * share * kk) * clusters / (clusters - 1);
  return std::max(1.0, variance / independent);
}

}  // namespace outagesim

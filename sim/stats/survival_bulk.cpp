// The many times of one replication into a survival curve at once. What is kept
// is counted by bin, so the times need not be sorted: a bit for each bin that
// occurs puts the bins in order. Took two thirds off what sorting and adding
// one by one took.
#include <algorithm>
#include <array>
#include <bit>

#include "sim/core/exact_sum.h"
#include "sim/stats/survival.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostTimes = 255;
constexpr std::size_t kMostCensored = 4;
constexpr std::int32_t kMostBins = 4096;  // 16 octaves

// How often each of some neighbouring bins occurs.
class BinTally {
 public:
  void add(std::int32_t offset) {
    const auto at = static_cast<std::size_t>(offset);
    ++counts_[at];
    occurs_[at / 64] |= std::uint64_t{1} << at % 64;
  }

  // Calls `use(offset, count)` for those that occur, ascending.
  template <class Use>
  void each(std::int32_t last, Use use) const {
    const std::size_t words = static_cast<std::size_t>(last) / 64 + 1;
    for (std::size_t word = 0; word < words; ++word) {
      for (std::uint64_t left = occurs_[word]; left != 0; left &= left - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(left));
        const std::size_t at = 64 * word + bit;
        use(static_cast<std::int32_t>(at), std::uint64_t{counts_[at]});
      }
    }
  }

 private:
  std::array<std::uint8_t, kMostBins> counts_{};
  std::array<std::uint64_t, kMostBins / 64> occurs_{};
};

// The uncensored times of a cluster, and where the censored ones stand.
struct Cluster {
  std::uint64_t events = 0;
  double first = kUnbounded, second = kUnbounded, last = 0;
  std::array<double, kMostTimes> times;       // by event
  std::array<std::int32_t, kMostTimes> bins;  // the same
  std::array<double, kMostCensored> censored{};
  std::size_t lost = 0;

  void add_event(double time) {
    times[events] = time;
    bins[events++] = bin_of(time);
    if (time < first) {
      second = first;
      first = time;
    } else if (time < second) {
      second = time;
    }
    last = std::max(last, time);
  }
};

// Nothing where the times do not suit.
bool suits(std::span<const WatchedTime> times, Cluster& cluster) {
  if (times.size() > kMostTimes) return false;
  for (const WatchedTime& one : times) {
    if (!(one.time > 0)) return false;
    if (!one.censored) {
      cluster.add_event(one.time);
    } else if (cluster.lost < kMostCensored) {
      cluster.censored[cluster.lost++] = one.time;
    } else {
      return false;
    }
  }
  return cluster.events > 0 &&
         bin_of(cluster.last) - bin_of(cluster.first) < kMostBins;
}

void count_events(const Cluster& of, std::uint64_t others, Survival& to) {
  const std::uint64_t n = of.events;
  const std::int32_t low = bin_of(of.first);
  const BinRow counts = to.event_counts.expect(of.first, of.last, n);
  const BinRow other_counts =
      to.pairs.event_others.expect(of.first, of.last, n * others);
  const BinRow pair_counts =
      n > 1 ? to.pairs.event_pairs.expect(of.second, of.last, n * (n - 1))
            : BinRow{};
  BinTally tally;
  for (std::uint64_t i = 0; i < n; ++i) tally.add(of.bins[i] - low);
  std::uint64_t ended = 0;
  tally.each(bin_of(of.last) - low, [&](std::int32_t offset, std::uint64_t k) {
    const std::int32_t bin = low + offset;
    counts[bin] += k;
    other_counts[bin] += k * others;
    const std::uint64_t pairs = 2 * k * ended + k * (k - 1);
    if (pairs > 0) pair_counts[bin] += pairs;
    ended += k;
  });
}

// The i-th censored time among all. At equal times events come first.
ClusterCounts::Place place_of(const Cluster& cluster, std::size_t i) {
  const double time = cluster.censored[i];
  ClusterCounts::Place place{.others = cluster.events + cluster.lost - 1};
  for (std::uint64_t k = 0; k < cluster.events; ++k) {
    place.ended += cluster.times[k] <= time ? 1 : 0;
  }
  for (std::size_t k = 0; k < cluster.lost; ++k) {
    const double other = cluster.censored[k];
    if (other < time || (other == time && k < i)) ++place.lost;
  }
  return place;
}

// A pair with each event that comes later.
void count_mixed(const Cluster& cluster, double censored, BinnedCounts& to) {
  double least = kUnbounded;
  std::uint64_t n = 0;
  for (std::uint64_t i = 0; i < cluster.events; ++i) {
    if (cluster.times[i] <= censored) continue;
    least = std::min(least, cluster.times[i]);
    ++n;
  }
  if (n == 0) return;
  const BinRow counts = to.expect(least, cluster.last, n);
  for (std::uint64_t i = 0; i < cluster.events; ++i) {
    if (cluster.times[i] > censored) ++counts[cluster.bins[i]];
  }
}

void count_censored(const Cluster& cluster, Survival& to) {
  for (std::size_t i = 0; i < cluster.lost; ++i) {
    const double time = cluster.censored[i];
    to.squares.add_product(time, time);
    to.censored_counts.add(time);
    to.pairs.add_censored(time, place_of(cluster, i));
    count_mixed(cluster, time, to.pairs.mixed_pairs);
  }
}

}  // namespace

// Nearly all times within a year are such whole numbers: 2 ns each.
double exact_total(std::span<const WatchedTime> times) {
  ExactSum::Units total = 0;
  for (const WatchedTime& one : times) {
    const std::int64_t units = whole_units(one.time);
    if (units < 0) {
      ExactSum sum;
      for (const WatchedTime& each : times) sum.add(each.time);
      return sum.value();
    }
    total += static_cast<std::uint64_t>(units);
  }
  return static_cast<double>(total) * 0x1p-40;
}

bool Survival::add_by_bins(std::span<const WatchedTime> times) {
  Cluster cluster;
  if (!suits(times, cluster)) return false;
  const std::uint64_t others = times.size() - 1;
  ++pairs.clusters;
  pairs.same_pairs += times.size() * others;
  count_events(cluster, others, *this);
  count_censored(cluster, *this);
  events.n += cluster.events;
  add_in_bulk({cluster.times.data(), cluster.events}, events.sum,
              events.squares);
  return true;
}

}  // namespace outagesim

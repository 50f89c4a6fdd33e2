// What a report shows beyond the summary: how each service fares, and people
// over time. From the first replications of a run, told one by one, so that it
// is the same with any number of threads.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/stats/moments.h"

namespace outagesim {

struct ServicePortrait {
  Mean served;  // share of its baseline, mean from begin to `until`
  Mean below;   // s below `substantial`, of the whole horizon
};

// One moment of all populations together, over the replications.
struct PeopleAt {
  std::vector<float> failing;       // users failing just then; ascending
  std::vector<float> reports;       // rate since the moment before, in 15 min
  std::vector<float> minutes_lost;  // user-minutes so far
};

struct Portrait {
  std::uint64_t replications = 0;
  Seconds until{0};
  std::vector<Seconds> grid;  // Model::begins to `until`
  std::vector<ServicePortrait> services;
  std::vector<std::vector<double>> served;  // by service: mean at each instant
  std::vector<PeopleAt> people;  // by instant; empty without populations
};

struct PortraitOptions {
  std::uint64_t seed = 1;
  std::uint64_t replications = 1000;
  Seconds until{0};            // 0: the horizon
  std::size_t instants = 120;  // about
};

// O(replications × (instants × populations + steps) + services × instants).
Portrait portray(const Model& model, const PortraitOptions& options,
                 const std::stop_token& stop = {});

// People of all populations at each instant of `grid`, in one replication.
struct PeopleNow {
  double failing = 0;       // users
  double reported = 0;      // so far
  double minutes_lost = 0;  // user-minutes so far
};
std::vector<PeopleNow> people_over_time(const Model& model,
                                        const Replication& replication,
                                        const std::vector<Seconds>& grid);

// At a share p of a sorted sample. Precondition: 0 <= p <= 1. 0 if empty.
double sorted_quantile(const std::vector<float>& ascending, double p);

}  // namespace outagesim

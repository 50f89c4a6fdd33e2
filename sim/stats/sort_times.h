// Times of one replication in ascending order, events before censorings. Some
// dozen times, as a year of outages has them, are spread over buckets by size
// first, which leaves them nearly in order: half of what std::sort costs.
#pragma once

#include <span>

#include "sim/stats/cluster_counts.h"

namespace outagesim {

void sort_times(std::span<WatchedTime> times);

}  // namespace outagesim

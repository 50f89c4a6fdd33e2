// When a product's first outage began, or the horizon if none did: looked at
// while the replications are made. A mean of it is an estimate whatever the
// horizon; the mean time to the first outage itself is not, where some runs
// end before they have seen one.
#pragma once

#include <mutex>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/stats/moments.h"

namespace outagesim {

class FirstOutages {
 public:
  explicit FirstOutages(const Model& model);

  // From several threads, in any order: the same bits.
  void look(const Replication& replication);

  // s since the simulation began. Precondition: no thread looks any more.
  const Mean& of(std::uint32_t product) const { return times_[product]; }

 private:
  Seconds begins_{0}, lasts_{0};
  std::mutex lock_;
  std::vector<Mean> times_;
};

}  // namespace outagesim

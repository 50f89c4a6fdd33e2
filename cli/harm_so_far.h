// The harm of a run while it goes on, for the progress line: user-minutes lost,
// without people the time of outages. From all replications so far, whichever
// they are: the same end, not the same way there.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "sim/engine/replication.h"
#include "sim/stats/moments.h"

namespace outagesim {

struct Model;

class HarmSoFar {
 public:
  // By candidate, the first of them the baseline; they must outlive this.
  explicit HarmSoFar(std::vector<const Model*> models);
  HarmSoFar(const HarmSoFar&) = delete;
  HarmSoFar& operator=(const HarmSoFar&) = delete;

  // One replication of each candidate. From any thread.
  void add(const std::vector<const Replication*>& all);

  // "user-minutes lost 1.05 ± 0.02 G", with candidates ", the best strategy
  // 0.95 ± 0.02 G fewer". Nothing before two replications.
  std::string text() const;

 private:
  std::vector<const Model*> models_;
  mutable std::mutex mutex_;
  Mean harm_;                 // of the baseline
  std::vector<Mean> spared_;  // by strategy: baseline less strategy
};

}  // namespace outagesim

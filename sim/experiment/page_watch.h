// What a page tells beyond the answer of a run, gathered while the run goes on
// so that nothing is simulated twice for it: which replications to play, the
// objectives, and of a comparison the baseline's summary and how long outages
// last under each strategy.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "sim/experiment/outage_lengths.h"
#include "sim/experiment/picks.h"
#include "sim/experiment/slo.h"
#include "sim/experiment/summary.h"

namespace outagesim {

struct PageFindings {
  Picked picked;
  std::optional<SloTally> slo;  // where there are objectives
  // By candidate, the baseline first; empty of a run alone.
  std::vector<OutageLengths> lengths;
};

class PageWatch {
 public:
  // The baseline first; several for a comparison. The models must outlive the
  // watch, the watch the run.
  explicit PageWatch(std::vector<const Model*> models);
  PageWatch(const PageWatch&) = delete;
  PageWatch& operator=(const PageWatch&) = delete;

  // From any thread. Of a run alone, or of a comparison all candidates.
  void look(const Replication& baseline);
  void look(const std::vector<const Replication*>& all);

  // After the run: whether it has seen all of its replications. If it went on
  // from a checkpoint it has not.
  bool has_seen(std::uint64_t finished) const;
  // Precondition: has_seen.
  PageFindings findings() const;
  // The baseline's. Precondition: has_seen, of a comparison.
  Summary summary() const;

 private:
  // What a thread keeps for itself.
  struct Lane {
    std::optional<Summary> summary;
    std::optional<SloTally> slo;
    std::vector<OutageLengths> lengths;
  };
  Lane empty_lane() const;
  Lane& lane();

  std::vector<const Model*> models_;
  Picker picker_;
  std::mutex mutex_;
  std::map<std::thread::id, std::unique_ptr<Lane>> lanes_;
};

}  // namespace outagesim

// Which replications of a run to show: the middle one, the worst one, and the
// one most like what was recorded. Looks on while the run goes on.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "sim/experiment/monte_carlo.h"

namespace outagesim {

// How much a replication harms: user-seconds lost, without people the time of
// outages in seconds.
double harm_of(const Model& model, const Replication& replication);

struct Picked {
  std::uint64_t median = 0;  // by harm: user-minutes lost, or outage time
  std::uint64_t worst = 0;
  // Least mean distance of its milestones from the recorded ones, in factors
  // of time; absent where nothing is recorded or no run has a milestone.
  std::optional<std::uint64_t> recorded;
};

class Picker {
 public:
  // The model must outlive the picker, the picker the run.
  explicit Picker(const Model& model) : model_(model) {}
  Picker(const Picker&) = delete;
  Picker& operator=(const Picker&) = delete;

  // From any thread.
  void look(const Replication& replication);
  // After the run: whether it has seen all of its replications. If it went on
  // from a checkpoint it has not.
  bool has_seen(std::uint64_t finished) const;
  // The lowest of equals. O(n log n); 12 bytes a replication.
  // Precondition: has_seen.
  Picked picked() const;

 private:
  const Model& model_;
  std::mutex mutex_;
  std::vector<float> harms_;  // by replication; NaN: not seen
  std::uint64_t seen_ = 0;
  std::optional<std::uint64_t> nearest_;
  double distance_ = kUnbounded;
};

}  // namespace outagesim

// Which replications of a run to show: the middle one, the worst one, and the
// one most like what was recorded. Looks on while the run goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment/monte_carlo.h"

namespace outagesim {

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

  Notes notes();
  // After the run. The lowest of equals. O(n log n); 4 bytes a replication.
  Picked picked() const;

 private:
  void tell(const Replication& replication, std::string& text) const;
  bool take(std::string_view text);

  const Model& model_;
  std::vector<float> harms_;
  std::optional<std::uint64_t> nearest_;
  double distance_ = 0;
};

}  // namespace outagesim

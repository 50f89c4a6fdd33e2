#include "cli/harm_so_far.h"

#include <algorithm>

#include "sim/experiment/picks.h"
#include "viz/people_numbers.h"

namespace outagesim {

HarmSoFar::HarmSoFar(std::vector<const Model*> models)
    : models_(std::move(models)), spared_(models_.size() - 1) {}

void HarmSoFar::add(const std::vector<const Replication*>& all) {
  std::vector<double> harms;
  for (std::size_t i = 0; i < all.size(); ++i) {
    harms.push_back(harm_of(*models_[i], *all[i]));
  }
  const std::scoped_lock lock(mutex_);
  harm_.add(harms[0]);
  for (std::size_t i = 1; i < harms.size(); ++i) {
    spared_[i - 1].add(harms[0] - harms[i]);
  }
}

std::string HarmSoFar::text() const {
  const std::scoped_lock lock(mutex_);
  if (harm_.n < 2) return {};
  const bool people = !models_.front()->populations.empty();
  const NumberKind kind = people ? NumberKind::kCount : NumberKind::kDuration;
  const double size = people ? 60 : 1;  // seconds into minutes
  const auto told = [&](const Mean& mean) {
    Estimate estimate = mean.estimate();
    for (double* x : {&estimate.value, &estimate.low, &estimate.high}) {
      *x /= size;
    }
    return with_error(estimate, kind);
  };
  std::string text = (people ? "user-minutes lost " : "outage time ");
  text += told(harm_);
  if (spared_.empty()) return text;
  const auto best = std::ranges::max_element(spared_, {}, &Mean::mean);
  return text + ", the best strategy " + told(*best) + " fewer";
}

}  // namespace outagesim

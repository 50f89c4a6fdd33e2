#include "viz/recorded_recovery.h"

#include <algorithm>

namespace outagesim {
namespace {

const CompiledObservation* find(const Model& model, std::uint32_t product,
                                Milestone milestone) {
  const auto found =
      std::ranges::find_if(model.observed, [&](const CompiledObservation& one) {
        return one.product == product && one.milestone == milestone;
      });
  return found == model.observed.end() ? nullptr : &*found;
}

}  // namespace

std::optional<RecordedRecovery> recorded_recovery(const Model& model,
                                                  std::uint32_t product) {
  const auto* onset = find(model, product, Milestone::kOnset);
  const Seconds from = onset == nullptr ? Seconds{0} : onset->at;
  if (const auto* end = find(model, product, Milestone::kRecovered)) {
    return RecordedRecovery{"ttr", end->at - from};
  }
  if (const auto* end = find(model, product, Milestone::kFull)) {
    return RecordedRecovery{"time_to_full_recovery", end->at - from};
  }
  return {};
}

}  // namespace outagesim

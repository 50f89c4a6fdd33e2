#include "sim/experiment/same_incident.h"

#include <algorithm>
#include <cmath>

namespace outagesim {
namespace {

std::int64_t moment_of(const Model& model,
                       const CompiledObservation& observed) {
  return model.start.seconds +
         static_cast<std::int64_t>(std::llround(observed.at.value));
}

}  // namespace

bool same_incident(const Model& a, const Model& b) {
  if (a.start == b.start) return true;
  return std::ranges::any_of(a.observed, [&](const auto& one) {
    return std::ranges::any_of(b.observed, [&](const auto& other) {
      return one.milestone == other.milestone &&
             moment_of(a, one) == moment_of(b, other);
    });
  });
}

std::vector<std::optional<std::size_t>> told_before(
    std::span<const Model* const> scenarios) {
  std::vector<std::optional<std::size_t>> earlier(scenarios.size());
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    for (std::size_t j = 0; j < i && !earlier[i]; ++j) {
      if (same_incident(*scenarios[j], *scenarios[i])) earlier[i] = j;
    }
  }
  return earlier;
}

}  // namespace outagesim

#include "sim/experiment/uniformity.h"

#include <algorithm>
#include <vector>

#include "models/analysis/fit_law.h"
#include "sim/core/random.h"
#include "sim/stats/proportion.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kSamples = 9999;

double distance_of(std::vector<double>& places) {
  std::ranges::sort(places);
  return law_distance(Uniform{0, 1}, places).anderson_darling;
}

}  // namespace

Uniformity uniformity_of(std::span<const double> places, std::uint64_t seed) {
  Uniformity result;
  for (const double place : places) {
    const auto bin = static_cast<std::size_t>(place * kPlaceBins);
    ++result.histogram[std::min(bin, kPlaceBins - 1)];
  }
  if (places.empty()) return result;
  std::vector<double> sorted(places.begin(), places.end());
  result.anderson_darling = distance_of(sorted);
  std::uint64_t further = 0;
  std::vector<double> drawn(places.size());
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    Stream stream{StreamKey{.seed = seed, .replication = i}};
    for (double& place : drawn) place = stream.next();
    further += distance_of(drawn) >= result.anderson_darling ? 1U : 0U;
  }
  result.p_value = wilson(static_cast<double>(further + 1), kSamples + 1);
  return result;
}

}  // namespace outagesim

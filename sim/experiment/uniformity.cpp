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

std::vector<double> uniform_distances(std::size_t n, std::uint64_t seed) {
  std::vector<double> distances;
  if (n == 0) return distances;
  distances.reserve(kSamples);
  std::vector<double> drawn(n);
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    Stream stream{StreamKey{.seed = seed, .replication = i}};
    for (double& place : drawn) place = stream.next();
    distances.push_back(distance_of(drawn));
  }
  std::ranges::sort(distances);
  return distances;
}

Uniformity uniformity_of(std::span<const double> places,
                         std::span<const double> distances) {
  Uniformity result;
  for (const double place : places) {
    const auto bin = static_cast<std::size_t>(place * kPlaceBins);
    ++result.histogram[std::min(bin, kPlaceBins - 1)];
  }
  if (places.empty()) return result;
  std::vector<double> sorted(places.begin(), places.end());
  result.anderson_darling = distance_of(sorted);
  const auto further = static_cast<double>(
      distances.end() -
      std::ranges::lower_bound(distances, result.anderson_darling));
  result.p_value = wilson(further + 1, distances.size() + 1);
  return result;
}

Uniformity uniformity_of(std::span<const double> places, std::uint64_t seed) {
  return uniformity_of(places, uniform_distances(places.size(), seed));
}

}  // namespace outagesim

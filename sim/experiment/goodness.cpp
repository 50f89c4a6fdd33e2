#include "sim/experiment/goodness.h"

#include <algorithm>

#include "sim/core/random.h"
#include "sim/stats/proportion.h"

namespace outagesim {
namespace {

std::vector<double> sample_of(const Law& law, std::size_t n, Stream& stream) {
  std::vector<double> sample(n);
  for (double& x : sample) x = quantile(law, Probability{stream.next()});
  std::ranges::sort(sample);
  return sample;
}

// The share of the hits and the sample itself [Davison97, sec. 4.2].
Estimate p_value(std::uint64_t hits, std::uint64_t replicates) {
  return wilson(static_cast<double>(hits + 1), replicates + 1);
}

}  // namespace

std::uint64_t affordable_replicates(std::uint64_t wanted, std::size_t times) {
  constexpr std::uint64_t kMostDrawn = 5'000'000, kFewest = 99;
  const std::uint64_t most = kMostDrawn / std::max<std::size_t>(times, 1);
  if (wanted <= most) return wanted;
  return most < kFewest ? 0 : most;
}

Goodness goodness_of(const FittedLaw& fit, std::span<const double> ascending,
                     const GoodnessOptions& options) {
  Goodness goodness;
  goodness.distance = law_distance(fit.law, ascending);
  goodness.replicates = options.replicates;
  if (options.replicates == 0) return goodness;
  std::uint64_t further_ks = 0;
  std::uint64_t further_ad = 0;
  for (std::uint64_t i = 0; i < options.replicates; ++i) {
    Stream stream{StreamKey{
        .seed = options.seed, .replication = i, .entity = options.entity}};
    const TimesToFit drawn{sample_of(fit.law, ascending.size(), stream), {}};
    const FittedLaw again = fit_law(fit.family, drawn);
    const LawDistance distance = law_distance(again.law, drawn.ended);
    further_ks +=
        distance.kolmogorov_smirnov >= goodness.distance.kolmogorov_smirnov
            ? 1U
            : 0U;
    further_ad +=
        distance.anderson_darling >= goodness.distance.anderson_darling ? 1U
                                                                        : 0U;
  }
  goodness.kolmogorov_smirnov = p_value(further_ks, options.replicates);
  goodness.anderson_darling = p_value(further_ad, options.replicates);
  return goodness;
}

}  // namespace outagesim

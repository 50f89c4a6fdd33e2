#include <algorithm>
#include <cmath>

#include "models/analysis/fit_law.h"

namespace outagesim {

LawDistance law_distance(const Law& law, std::span<const double> ascending) {
  LawDistance distance;
  const auto n = static_cast<double>(ascending.size());
  double weighed = 0;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const double p = std::clamp(cdf(law, ascending[i]), 1e-300, 1 - 1e-16);
    const double q =
        std::max(1e-300, survival(law, ascending[ascending.size() - 1 - i]));
    const auto below = static_cast<double>(i);
    distance.kolmogorov_smirnov = std::max(
        {distance.kolmogorov_smirnov, (below + 1) / n - p, p - below / n});
    weighed += (2 * below + 1) * (std::log(p) + std::log(q));
  }
  distance.anderson_darling = -n - weighed / n;
  return distance;
}

}  // namespace outagesim

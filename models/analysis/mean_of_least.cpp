#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "models/analysis/stage_means.h"

namespace outagesim {
namespace {

// Points beyond which fewer than 1e-13 of the law are left, and where it jumps.
void add_cuts(const Distribution& law, std::vector<double>& cuts) {
  for (const double u : {1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8,
                         0.9, 0.97, 0.99, 0.999}) {
    cuts.push_back(quantile(law, {u}));
  }
  for (int hazard = 9; hazard < 34; hazard += 3) {
    cuts.push_back(inverse_cumulative_hazard(law, double{1} * hazard));
  }
}

}  // namespace

Seconds mean_of_least(const std::vector<Distribution>& times) {
  if (times.size() == 1) return {mean(times[0])};
  std::vector<double> cuts{0};
  for (const Distribution& law : times) add_cuts(law, cuts);
  std::ranges::sort(cuts);
  const auto none_yet = [&](double t) {
    double hazard = 0;
    for (const Distribution& law : times) hazard += cumulative_hazard(law, t);
    return std::exp(-hazard);
  };
  double sum = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (!(cuts[i + 1] > cuts[i])) continue;
    sum += boost::math::quadrature::gauss_kronrod<double, 15>::integrate(
        none_yet, cuts[i], cuts[i + 1], 6, 1e-10);
  }
  return {sum};
}

}  // namespace outagesim

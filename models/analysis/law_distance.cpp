#include <algorithm>
#include <cmath>

#include "models/analysis/fit_law.h"

namespace outagesim {

// Times that came more than once are one step of the sample's distribution, and
// the law, which is dear, is asked once. In the sum of Anderson and Darling the
// i-th of n has weight 2 i + 1 from below and 2 (n - 1 - i) + 1 from above,
// which over a step are differences of squares.
LawDistance law_distance(const Law& law, std::span<const double> ascending) {
  LawDistance distance;
  const auto n = static_cast<double>(ascending.size());
  double weighed = 0;
  for (auto at = ascending.begin(); at != ascending.end();) {
    const auto next = std::find_if(at, ascending.end(),
                                   [&](double time) { return time != *at; });
    const auto before = static_cast<double>(at - ascending.begin());
    const auto until = static_cast<double>(next - ascending.begin());
    const double p = std::clamp(cdf(law, *at), 1e-300, 1 - 1e-16);
    const double q = std::max(1e-300, survival(law, *at));
    distance.kolmogorov_smirnov =
        std::max({distance.kolmogorov_smirnov, until / n - p, p - before / n});
    weighed +=
        (until * until - before * before) * std::log(p) +
        ((n - before) * (n - before) - (n - until) * (n - until)) * std::log(q);
    at = next;
  }
  distance.anderson_darling = -n - weighed / n;
  return distance;
}

}  // namespace outagesim

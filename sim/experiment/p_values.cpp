#include "sim/experiment/p_values.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "models/base/normal.h"

namespace outagesim {
namespace {

// A mean over n is normal enough in its tails where its skewness, that of the
// law over sqrt(n), is at most a fifth.
constexpr double kSkewness = 0.2;

}  // namespace

double binomial_p_value(std::uint64_t successes, std::uint64_t n, double p) {
  const auto k = static_cast<double>(successes), all = static_cast<double>(n);
  if (p <= 0) return successes == 0 ? 1 : 0;
  if (p >= 1) return successes == n ? 1 : 0;
  const double at_least =
      successes == 0 ? 1 : boost::math::ibeta(k, all - k + 1, p);
  const double at_most =
      successes == n ? 1 : boost::math::ibetac(k + 1, all - k, p);
  return std::min(1.0, 2 * std::min(at_least, at_most));
}

double two_sided(double z) {
  return 2 * std::exp(normal_log_survival(std::abs(z)));
}
double z_of(double p_value, double sign) {
  const double tail = std::max(p_value / 2, 1e-300);
  return std::copysign(-normal_quantile({tail}), sign);
}

double occasions_needed(double mean, double middle) {
  const double r = std::pow(mean / middle, 2);
  const double squared = (r + 2) * (r + 2) * std::max(r - 1, 0.0);
  return std::max(static_cast<double>(kFewOccasions),
                  squared / (kSkewness * kSkewness));
}

}  // namespace outagesim

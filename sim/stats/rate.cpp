#include "sim/stats/rate.h"

#include <boost/math/special_functions/gamma.hpp>

namespace outagesim {

Estimate garwood(std::uint64_t count, double level) {
  const auto k = static_cast<double>(count);
  const double tail = (1 - level) / 2;
  return {.value = k,
          .low = count == 0 ? 0 : boost::math::gamma_p_inv(k, tail),
          .high = boost::math::gamma_q_inv(k + 1, tail),
          .n = count};
}

Estimate Rate::estimate(double level) const {
  const double seconds = exposure.value();
  if (!(seconds > 0)) return {.n = events};
  Estimate rate = garwood(events, level);
  rate.value /= seconds;
  rate.low /= seconds;
  rate.high /= seconds;
  return rate;
}

}  // namespace outagesim

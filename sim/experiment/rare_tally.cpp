#include "sim/experiment/rare_tally.h"

#include <algorithm>
#include <cmath>

namespace outagesim {

RareEstimate RareTally::estimate(std::string_view method) const {
  RareEstimate answer;
  answer.method = method;
  answer.probability = mean_.estimate();
  answer.probability.low = std::max(0.0, answer.probability.low);
  answer.relative_error = relative_error();
  answer.paths = mean_.n;
  answer.hits = hits_;
  answer.steps = steps_;
  if (hits_ == 0) {
    // Nothing was seen: nothing is known but that it is a probability.
    answer.probability.low = 0;
    answer.probability.high = 1;
    return answer;
  }
  const auto n = static_cast<double>(mean_.n);
  const double p = mean_.mean();
  const double plain_work = static_cast<double>(plain_steps_) / n;
  const double work = static_cast<double>(steps_) / n;
  answer.gain = p * (1 - p) * plain_work / (mean_.variance() * work);
  return answer;
}

double RareTally::relative_error() const {
  if (hits_ == 0) return kUnbounded;
  const double variance = mean_.variance() / static_cast<double>(mean_.n);
  return std::sqrt(variance) / mean_.mean();
}

}  // namespace outagesim

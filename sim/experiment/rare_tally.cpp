#include "sim/experiment/rare_tally.h"

#include <algorithm>
#include <cmath>

namespace outagesim {

RareEstimate RareTally::estimate(std::string_view method) const {
  RareEstimate answer;
  answer.method = method;
  answer.probability = {.value = mean_.mean(), .n = mean_.n};
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
  set_ends(answer.probability);
  const double plain_work = static_cast<double>(plain_steps_) / n;
  const double work = static_cast<double>(steps_) / n;
  answer.gain = p * (1 - p) * plain_work / (mean_.variance() * work);
  return answer;
}

// On a logarithmic scale, for weights are skew; with Student's t of as many
// paths as equal weights would have made the same error [Kish65]: a few heavy
// ones leave much unseen. One alone says nothing.
void RareTally::set_ends(Estimate& probability) const {
  const auto n = static_cast<double>(mean_.n);
  const double squared = mean_.mean() * mean_.mean();
  const double equal = n * squared / (squared + mean_.variance());
  probability.low = 0;
  probability.high = 1;
  if (!(equal > 1 + 1e-9)) return;
  const double far = student_critical(kConfidence, std::max(1.0, equal - 1));
  const double own = far * std::sqrt(mean_.variance() / n) / mean_.mean();
  probability.low = probability.value * std::exp(-own);
  const double above = probability.value * std::expm1(own);
  probability.high =
      std::min(1.0, probability.value + std::hypot(above, far * unseen()));
}

// What one hit more would have added, of the greatest weight that came near to
// one and made none: hits that are all light say nothing of heavy ones.
double RareTally::unseen() const {
  return nearly_ / static_cast<double>(mean_.n);
}

double RareTally::relative_error() const {
  if (hits_ == 0) return kUnbounded;
  const double variance = mean_.variance() / static_cast<double>(mean_.n);
  return std::hypot(std::sqrt(variance), unseen()) / mean_.mean();
}

}  // namespace outagesim

#include "sim/request/latency_histogram.h"

#include <algorithm>
#include <cmath>

namespace outagesim {
namespace {

constexpr double kClassesPerE = 50;     // classes of ratio e^(1/50): 2 %
constexpr double kShortestTime = 1e-7;  // s

}  // namespace

void LatencyHistogram::add(double seconds) {
  const double at =
      std::log(std::max(seconds, kShortestTime) / kShortestTime) * kClassesPerE;
  const auto index = static_cast<std::size_t>(at);
  if (index >= classes_.size()) classes_.resize(index + 1);
  ++classes_[index];
  ++count_;
  sum_ += seconds;
}

Seconds LatencyHistogram::quantile(Probability p) const {
  const double wanted = p.value * double(count_);
  double seen = 0;
  std::size_t i = 0;
  for (; i + 1 < classes_.size(); ++i) {
    seen += double(classes_[i]);
    if (seen >= wanted) break;
  }
  return {kShortestTime * std::exp((double(i) + 0.5) / kClassesPerE)};
}

Seconds LatencyHistogram::mean() const { return {sum_ / double(count_)}; }

}  // namespace outagesim

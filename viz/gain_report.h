// What `--variance-reduction` gained, as text and as CSV.
#pragma once

#include <string>
#include <vector>

#include "sim/experiment/summary.h"

namespace outagesim {

// How much smaller the variance of a mean is for its control.
struct VarianceGain {
  Subject subject;
  const Metric* metric = nullptr;
  double times = 1;
  std::uint64_t n = 0;
};

// Of all means that have a control, in the order of the metrics.
std::vector<VarianceGain> variance_gains(const Summary& summary);

// Empty without controls.
std::string gain_lines(const Summary& summary);

// scope,name,metric,gain,n,worth_n
std::string gain_csv(const Summary& summary);

}  // namespace outagesim

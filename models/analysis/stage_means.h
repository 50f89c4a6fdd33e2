// The stages of a response by its laws alone: notice as a race of signals,
// engage, diagnose with its chance of being wrong, mitigate by the first of
// the remedies that race. Where the incident may be over before, by itself,
// what is seen is what came in time: means are of those, by integration over
// all stages before. What depends on anything but its laws (a crowd, a blind
// signal, who is on call, a lock) says why it has no such answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

enum class StageMeasure : std::uint8_t {
  kMean,      // s, of the incidents in which the stage is over in time
  kMiddle,    // s, of all, those over before it was not as long as they lasted
  kComesToIt  // the share of incidents in which the stage is over in time
};

struct StageMean {
  std::uint32_t fault = 0;  // into Plan::faults
  std::string_view metric;  // "stage_detect", …
  StageMeasure measure = StageMeasure::kMean;
  std::optional<double> value;  // s, or a share; absent: see why_not
  double error = 0;             // numerical
  std::string why_not;
};

// For each fault that has a response, its four stages in their order. Up to
// 0.1 s for each where the fault may end by itself.
std::vector<StageMean> stage_means(const Model& model);

// The mean of the least of independent times. Precondition: not empty; the
// least of them has a finite mean. About ten digits.
Seconds mean_of_least(const std::vector<Distribution>& times);

}  // namespace outagesim

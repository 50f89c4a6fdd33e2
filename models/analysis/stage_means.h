// The mean lengths of the stages of a response, added up from its laws: notice
// as a race of signals, engage, diagnose with its chance of being wrong,
// mitigate. What depends on anything but its laws (a crowd, a blind signal, who
// is on call, another remedy) says why it has no such sum.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

struct StageMean {
  std::uint32_t fault = 0;      // into Plan::faults
  std::string_view metric;      // "stage_detect", …
  std::optional<Seconds> mean;  // absent: see why_not
  std::string why_not;
};

// For each fault that has a response, its four stages in their order.
std::vector<StageMean> stage_means(const Model& model);

// The mean of the least of independent times. Precondition: not empty; the
// least of them has a finite mean. About ten digits.
Seconds mean_of_least(const std::vector<Distribution>& times);

}  // namespace outagesim

// The part of the table of metrics that tells what people do while a product
// fails, and what that costs. Internal to metrics.cpp; the readers stand in
// metric_stakes.cpp.
#pragma once

#include <vector>

#include "sim/experiment/metric.h"

namespace outagesim {

std::vector<Metric> stakes_of_people();
std::vector<Metric> money();

}  // namespace outagesim

// The summary as rows: one number with its interval for each subject, metric
// and statistic. Tables, CSV and JSON are different prints of these rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment/summary.h"

namespace outagesim {

// "mean", "p5" … "p99", "probability".
struct Statistic {
  std::string_view name;
  double p = 0;  // of a quantile; 0: not a quantile
};

// What is told of a measure, in this order.
std::span<const Statistic> statistics_of(Measure measure);

struct SummaryRow {
  Subject subject;
  const Metric* metric = nullptr;
  Statistic statistic;
  Estimate estimate;
};

// All rows but those of structural metrics, which no simulation knows.
std::vector<SummaryRow> summary_rows(const Summary& summary);

// One number; undefined if the metric is not told of the subject or has no
// such statistic.
Estimate estimate_of(const Summary& summary, std::string_view metric,
                     Subject subject, std::string_view statistic);

}  // namespace outagesim

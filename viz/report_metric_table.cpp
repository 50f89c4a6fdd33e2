#include "sim/experiment/statistics.h"
#include "viz/report_sections.h"

namespace outagesim::report {

Table metric_table() {
  return {{{""},
           {"middle", Table::Align::kRight},
           {"90 % of cases", Table::Align::kRight},
           {"mean ± 95 %", Table::Align::kRight}},
          {}};
}

std::vector<std::string> metric_row(const Summary& summary,
                                    const MetricLine& line, Subject subject) {
  const Metric& metric = *find_metric(line.metric);
  const NumberKind kind = kind_of_unit(metric.unit);
  const auto get = [&](std::string_view statistic) {
    return estimate_of(summary, line.metric, subject, statistic);
  };
  const Estimate mean = get("mean");
  if (mean.n == 0) return {};
  const bool reports = line.metric == "reports_peak";
  if (reports && mean.value == 0) return {};  // nobody reports
  const Estimate middle = get("p50");
  const NumberUnit unit = common_unit(kind, {middle.value, mean.value});
  const std::string error =
      with_error(mean, unit) + (mean.censored > 0 ? "*" : "");
  if (metric.measure == Measure::kRatio) {
    return {std::string(line.label), "", "", error};
  }
  const double limit = summary.model().horizon.value;
  return {std::string(line.label),
          middle.defined() ? number_text(middle, unit)
                           : "≥ " + exact_text(limit, unit),
          range_text(get("p5"), get("p95"), unit, limit, middle), error};
}

}  // namespace outagesim::report

#include <algorithm>

#include "sim/experiment/statistics.h"
#include "viz/bars.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

constexpr std::size_t kBarWidth = 24;

constexpr MetricLine kStages[] = {
    {"stage_detect", "detect: until noticed"},
    {"stage_engage", "engage: until people are at it"},
    {"stage_diagnose", "diagnose: until the cause is known"},
    {"stage_mitigate", "mitigate: until a first cell works"},
    {"stage_restore", "restore: until the last cell works"},
};

std::string one_fault(const Summary& summary, std::uint32_t fault,
                      const TextStyle& style) {
  const Subject subject{Scope::kFault, fault};
  double longest = 0;
  for (const MetricLine& stage : kStages) {
    const Estimate middle = estimate_of(summary, stage.metric, subject, "p50");
    if (middle.defined()) longest = std::max(longest, middle.value);
  }
  Table table{{{""},
               {"middle", Table::Align::kRight},
               {"90 % of cases", Table::Align::kRight},
               {"", Table::Align::kPicture}},
              {}};
  for (const MetricLine& stage : kStages) {
    const auto get = [&](std::string_view statistic) {
      return estimate_of(summary, stage.metric, subject, statistic);
    };
    const Estimate middle = get("p50");
    if (middle.n == 0) continue;
    const NumberUnit unit =
        common_unit(NumberKind::kDuration, {middle.value, get("p95").value});
    const double limit = summary.model().horizon.value;
    const double share = longest > 0 ? middle.value / longest : 0;
    table.add({std::string(stage.label),
               middle.defined() ? number_text(middle, unit)
                                : "≥ " + exact_text(limit, unit),
               range_text(get("p5"), get("p95"), unit, limit, middle),
               bar(middle.defined() ? share : 1, kBarWidth)});
  }
  if (table.rows.empty()) return {};
  const std::string name = subject_name(summary.model(), subject);
  return style.bold("Where the time went") + ": fault " + name + '\n' +
         to_text(table, style);
}

}  // namespace

std::string stages(const ReportInput& input, const TextStyle& style) {
  std::string text;
  const auto faults =
      static_cast<std::uint32_t>(input.summary.model().plan.faults.size());
  for (std::uint32_t fault = 0; fault < faults; ++fault) {
    const std::string one = one_fault(input.summary, fault, style);
    if (!text.empty() && !one.empty()) text += '\n';
    text += one;
  }
  return text;
}

}  // namespace outagesim::report

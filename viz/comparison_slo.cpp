// How strategies change the chance to meet the objectives.
#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/comparison_report.h"

namespace outagesim {
namespace {

std::string percent(double share) { return fixed_decimals(100 * share, 1); }

// "+21.4 ± 0.6"
std::string change(const Estimate& difference) {
  const std::string sign = difference.value < 0 ? "-" : "+";
  const double half = (difference.high - difference.low) / 2;
  return sign + percent(std::abs(difference.value)) +
         (std::isfinite(half) ? " ± " + percent(half) : "");
}

}  // namespace

std::string slo_lines(const Comparison& comparison) {
  const auto& rows = comparison.metrics();
  const auto found = std::ranges::find_if(rows, [](const ComparedMetric& row) {
    return row.metric->name == "objectives_met";
  });
  if (found == rows.end()) return "";
  const auto all =
      comparison.differences(static_cast<std::size_t>(found - rows.begin()));
  Table table{{{""}, {""}}, {}};
  for (std::size_t i = 1; i < all.size(); ++i) {
    table.add({comparison.candidates()[i].name,
               "P(SLO) " + percent(all.front().mean.value) + " % -> " +
                   percent(all[i].mean.value) + " % (" +
                   change(all[i].difference) + ")"});
  }
  return to_text(table) +
         "  P(SLO): share of the windows that meet the objectives (the least "
         "of them).\n\n";
}

}  // namespace outagesim

#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

std::string percentile_text(const Estimate& percentile) {
  if (!percentile.defined()) {
    return "≥ " + number_text(percentile.low, NumberKind::kShare, 2);
  }
  return number_text({.value = percentile.value,
                      .low = percentile.low,
                      .high = percentile.high},
                     NumberKind::kShare);
}

std::string verdict(const Backtest& test) {
  if (test.inside_50 == true) return "in the middle half";
  if (!test.inside_90) return "later than was simulated: not told";
  return *test.inside_90 ? "inside" : "OUTSIDE";
}

std::vector<std::string> row_of(const Summary& summary, std::size_t i) {
  const Model& model = summary.model();
  const CompiledObservation& observed = model.observed[i];
  const Backtest test = backtest(observed, summary.milestones()[i]);
  const double horizon = model.horizon.value;
  const NumberUnit unit = common_unit(NumberKind::kDuration,
                                      {observed.at.value, test.median.value});
  std::vector<std::string> row{product_label(model, observed.product),
                               std::string(milestone_name(observed.milestone)),
                               number_text(observed.at.value, unit, 3)};
  if (!test.percentile.defined() && !test.median.defined()) {
    row.insert(row.end(), {"never seen", "", "", ""});
    return row;
  }
  const Survival& times = summary.milestones()[i].times;
  const bool open = std::isnan(test.high_90);
  row.push_back(number_text(test.median, unit));
  row.push_back(range_text(times.quantile(0.05), times.quantile(0.95), unit,
                           horizon, test.median));
  row.push_back(
      (open ? "≥ " : "") +
      number_text((open ? horizon : test.high_90) - test.low_90, unit, 2));
  row.push_back(percentile_text(test.percentile) + "  " + verdict(test));
  return row;
}

// Where the recorded times are from, each source once.
std::string sources(const Model& model, const TextStyle& style) {
  std::vector<std::string> all;
  for (const CompiledObservation& observed : model.observed) {
    if (observed.source.empty()) continue;
    if (std::ranges::find(all, observed.source) == all.end()) {
      all.push_back(observed.source);
    }
  }
  if (all.empty()) return {};
  std::string text = "Recorded by: ";
  for (const std::string& source : all) {
    if (&source != &all.front()) text += "; ";
    text += source;
  }
  return wrapped("  " + text + ".", style.columns(kWidth), 4);
}

}  // namespace

std::string reality(const ReportInput& input, const TextStyle& style) {
  const Summary& summary = input.summary;
  if (summary.model().observed.empty()) return {};
  Table table{{{""},
               {""},
               {"recorded", Table::Align::kRight},
               {"middle", Table::Align::kRight},
               {"90 % band", Table::Align::kRight},
               {"width", Table::Align::kRight},
               {"percentile"}},
              {}};
  for (std::size_t i = 0; i < summary.model().observed.size(); ++i) {
    table.add(row_of(summary, i));
  }
  return style.bold("Where reality fell") +
         " (times from the scenario's start; a wide band is weak evidence)\n" +
         to_text(table, style) + sources(summary.model(), style);
}

}  // namespace outagesim::report

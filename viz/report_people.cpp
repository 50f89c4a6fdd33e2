// Who was hurt, class by class and region by region; what people did instead,
// and what it cost.
#include <algorithm>
#include <array>

#include "sim/experiment/statistics.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

constexpr MetricLine kLines[] = {
    {"visits_failed", "visits with a failure"},
    {"users_gave_up", "users who gave up"},
    {"user_minutes_elsewhere", "user-minutes elsewhere"},
    {"users_left", "users who left for good"},
    {"work_hours_lost", "work-hours lost"},
    {"value_lost", "value lost to people, USD"},
    {"revenue_lost", "revenue lost, USD"},
    {"sla_credits", "credits by SLA, USD"},
    {"response_cost", "cost of response, USD"},
    {"cost_total", "cost to the operator, USD"},
};
constexpr MetricLine kColumns[] = {
    {"users_affected", "users affected"},
    {"user_minutes_lost", "user-minutes lost"},
    {"work_hours_lost", "work-hours lost"},
    {"value_lost", "value lost, USD"},
    {"revenue_lost", "revenue lost, USD"},
    {"sla_credits", "credits, USD"},
};

Estimate mean_of(const Summary& summary, const MetricLine& line,
                 Subject subject) {
  return estimate_of(summary, line.metric, subject, "mean");
}

// The means of each class or region, in columns of what is told of them,
// each in one unit.
Table groups(const Summary& summary, Scope scope) {
  const Model& model = summary.model();
  Table table{{{scope == Scope::kClass ? "class" : "region"}}, {}};
  for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
    table.add({subject_name(model, {scope, i})});
  }
  for (const MetricLine& column : kColumns) {
    if (!applies(*find_metric(column.metric), model)) continue;
    table.columns.push_back({std::string(column.label), Table::Align::kRight});
    double most = 0;
    for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
      most = std::max(most, mean_of(summary, column, {scope, i}).value);
    }
    const NumberUnit unit = common_unit(NumberKind::kCount, {most / 10});
    for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
      const Estimate mean = mean_of(summary, column, {scope, i});
      table.rows[i].push_back(mean.value == 0 ? "0" : with_error(mean, unit));
    }
  }
  return table;
}

}  // namespace

std::string people(const ReportInput& input, const TextStyle& style) {
  const Summary& summary = input.summary;
  const Model& model = summary.model();
  if (model.populations.empty()) return {};
  Table table = metric_table();
  for (const MetricLine& line : kLines) {
    auto row = metric_row(summary, line, {});
    if (!row.empty()) table.add(std::move(row));
  }
  const bool told_more = table.rows.size() > 1;  // than visits
  std::string text = told_more ? to_text(table, style) : "";
  for (const Scope scope : {Scope::kClass, Scope::kRegion}) {
    if (subject_count(model, scope) < (told_more ? 1 : 2)) continue;
    text += (text.empty() ? "" : "\n") + to_text(groups(summary, scope), style);
  }
  if (text.empty()) return {};
  return style.bold(told_more ? "People and money" : "People") + '\n' + text;
}

}  // namespace outagesim::report

// Who was hurt, class by class and region by region; what people did instead,
// and what it cost.
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

// The means of each class or region, in columns of what is told of them.
Table groups(const Summary& summary, Scope scope) {
  const Model& model = summary.model();
  Table table{{{scope == Scope::kClass ? "class" : "region"}}, {}};
  for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
    table.add({subject_name(model, {scope, i})});
  }
  for (const MetricLine& column : kColumns) {
    if (!applies(*find_metric(column.metric), model)) continue;
    table.columns.push_back({std::string(column.label), Table::Align::kRight});
    for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
      table.rows[i].push_back(
          with_error(estimate_of(summary, column.metric, {scope, i}, "mean"),
                     NumberKind::kCount));
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

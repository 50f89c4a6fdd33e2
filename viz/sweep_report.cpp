#include "viz/sweep_report.h"

#include <algorithm>

#include "viz/csv.h"
#include "viz/json_parts.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostColumns = 5;

// What the table shows of a point: the harm in all, and each product's mean
// downtime.
bool is_shown(const SummaryRow& row) {
  if (row.statistic.name != "mean") return false;
  const bool harm = row.metric->name == "user_minutes_lost" &&
                    row.subject.scope == Scope::kSystem;
  return harm || (row.metric->name == "downtime" &&
                  row.subject.scope == Scope::kProduct);
}

std::string title(const Model& model, const SummaryRow& row) {
  if (row.subject.scope == Scope::kSystem) return std::string(row.metric->name);
  return subject_name(model, row.subject) + " " + std::string(row.metric->name);
}

// Columns are matched by title: a point may have products that others lack.
std::vector<std::string> titles(const SweepStory& story) {
  std::vector<std::string> all;
  for (const SweptPoint& point : story.points) {
    for (const SummaryRow& row : point.rows) {
      if (!is_shown(row)) continue;
      const std::string one = title(*point.model, row);
      if (std::ranges::find(all, one) == all.end()) all.push_back(one);
    }
  }
  if (all.size() > kMostColumns) all.resize(kMostColumns);
  return all;
}

std::vector<std::string> cells(const SweptPoint& point,
                               const std::vector<std::string>& columns) {
  std::vector<std::string> cells = point.values;
  for (const std::string& column : columns) {
    const auto row =
        std::ranges::find_if(point.rows, [&](const SummaryRow& one) {
          return is_shown(one) && title(*point.model, one) == column;
        });
    cells.push_back(
        row == point.rows.end()
            ? ""
            : with_error(row->estimate, kind_of_unit(row->metric->unit)));
  }
  return cells;
}

void add_rows(const SweptPoint& point, CsvWriter& csv) {
  for (const SummaryRow& row : point.rows) {
    for (const std::string& value : point.values) csv.field(value);
    csv.field(scope_name(row.subject.scope))
        .field(subject_name(*point.model, row.subject))
        .field(row.metric->name)
        .field(row.metric->unit)
        .field(row.statistic.name)
        .field(row.estimate.value)
        .field(row.estimate.low)
        .field(row.estimate.high)
        .field(row.estimate.n)
        .field(row.estimate.censored);
    csv.end_row();
  }
}

Json point_json(const SweepStory& story, const SweptPoint& point) {
  Json json;
  for (std::size_t a = 0; a < story.axes.size(); ++a) {
    json["at"][story.axes[a].path] = point.values[a];
  }
  json["summary"] = Json::array();
  for (const SummaryRow& row : point.rows) {
    json["summary"].push_back(
        {{"scope", scope_name(row.subject.scope)},
         {"name", subject_name(*point.model, row.subject)},
         {"metric", row.metric->name},
         {"unit", row.metric->unit},
         {"statistic", row.statistic.name},
         {"value", number_json(row.estimate.value)},
         {"ci_low", number_json(row.estimate.low)},
         {"ci_high", number_json(row.estimate.high)},
         {"n", row.estimate.n},
         {"censored", row.estimate.censored}});
  }
  return json;
}

std::uint64_t open_at_the_end(const SweptPoint& point) {
  std::uint64_t most = 0;
  for (const SummaryRow& row : point.rows) {
    const bool tells =
        row.metric->name == "ttr" && row.statistic.name == "mean";
    if (tells) most = std::max(most, row.estimate.censored);
  }
  return most;
}

// Outages of a product that were still open, at the point with most of them.
std::uint64_t most_open(const SweepStory& story) {
  std::uint64_t most = 0;
  for (const SweptPoint& point : story.points) {
    most = std::max(most, open_at_the_end(point));
  }
  return most;
}

std::string notes(const SweepStory& story) {
  std::string text =
      "Means ± 95 %, of each point by itself; as points share their luck, "
      "differences between them are known better than that.";
  if (const std::uint64_t open = most_open(story); open > 0) {
    text += " Up to " + counted(open, "outage") +
            " of a point had not ended when its simulation did: what came "
            "later is in no mean; a longer horizon says more.";
  }
  return text;
}

}  // namespace

std::string sweep_report(const SweepStory& story, const TextStyle& style) {
  const std::vector<std::string> columns = titles(story);
  Table table;
  for (const SweepAxis& axis : story.axes) table.columns.push_back({axis.path});
  for (const std::string& column : columns) {
    table.columns.push_back({column, Table::Align::kRight});
  }
  for (const SweptPoint& point : story.points) {
    table.add(cells(point, columns));
  }
  return style.bold("A sweep of " + counted(story.points.size(), "point") +
                    ", on the same random numbers") +
         (story.partial ? " (partial: stopped before the end)" : "") + "\n\n" +
         to_text(table, style) + '\n' +
         wrapped(notes(story), style.columns(96), 0);
}

std::string sweep_csv(const SweepStory& story) {
  std::string text;
  CsvWriter csv(text);
  for (const SweepAxis& axis : story.axes) csv.field(axis.path);
  for (const char* column : {"scope", "name", "metric", "unit", "statistic",
                             "value", "ci_low", "ci_high", "n", "censored"}) {
    csv.field(column);
  }
  csv.end_row();
  for (const SweptPoint& point : story.points) add_rows(point, csv);
  return text;
}

std::string sweep_json(const SweepStory& story, const RunInfo& info) {
  Json json = info_json(info);
  json["points"] = Json::array();
  for (const SweptPoint& point : story.points) {
    json["points"].push_back(point_json(story, point));
  }
  return dump(json);
}

}  // namespace outagesim

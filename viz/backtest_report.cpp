#include "viz/backtest_report.h"

#include <algorithm>

#include "sim/stats/proportion.h"
#include "viz/bars.h"
#include "viz/csv.h"
#include "viz/few_runs.h"
#include "viz/json_parts.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {
namespace {

using report::kWidth;

std::string duration(double seconds) {
  return number_text(seconds, NumberKind::kDuration, 3);
}

// "?" where the upper end lies beyond what was simulated.
std::string band(double low, double high) {
  if (!(low == low)) return "n/a";
  return duration(low) + " … " + (high == high ? duration(high) : "?");
}

std::string verdict(const Backtest& test) {
  if (!test.median.defined() && !test.percentile.defined()) return "never seen";
  if (test.inside_50 == true) return "middle half";
  if (!test.inside_90) return "not told";
  return *test.inside_90 ? "inside" : "OUTSIDE";
}

// Beyond what was simulated: above what came in time.
std::string percentile_text(const Estimate& percentile) {
  if (percentile.defined()) return number_text(percentile, NumberKind::kShare);
  if (!(percentile.low == percentile.low)) return "";
  return "≥ " + number_text(percentile.low, NumberKind::kShare, 2);
}

std::string score_text(const Backtest& test) {
  return (test.crps_at_least ? "≥ " : "") + duration(test.crps);
}

std::string rows_table(const BacktestStory& story, const TextStyle& style) {
  Table table{{{"scenario"},
               {""},
               {""},
               {"recorded", Table::Align::kRight},
               {"50 % band", Table::Align::kRight},
               {"90 % band", Table::Align::kRight},
               {"width", Table::Align::kRight},
               {"percentile", Table::Align::kRight},
               {""},
               {"CRPS", Table::Align::kRight}},
              {}};
  for (const BacktestRow& row : story.rows) {
    const Backtest& t = row.test;
    table.add({row.scenario, row.product, row.milestone, duration(row.observed),
               band(t.low_50, t.high_50), band(t.low_90, t.high_90),
               duration(t.high_90 - t.low_90), percentile_text(t.percentile),
               verdict(t), score_text(t)});
  }
  return to_text(table, style);
}

// Where bands rest on few times, of an incident stopped early or as asked.
std::string few_text(const BacktestStory& story) {
  const auto least = std::ranges::min_element(story.rows, {}, &BacktestRow::n);
  const bool few = least != story.rows.end() && least->n < kEnoughForBands;
  return few ? " Bands of fewer than " + std::to_string(kEnoughForBands) +
                   " simulated times, of " + std::to_string(least->n) +
                   " here, reach from the least to the greatest seen: their "
                   "verdicts may turn."
             : "";
}

std::string coverage_line(const BacktestStory& story, const TextStyle& style) {
  Proportion half;
  Proportion most;
  bool any_cut = false;
  for (const BacktestRow& row : story.rows) {
    if (row.test.inside_50) half.add(*row.test.inside_50);
    if (row.test.inside_90) most.add(*row.test.inside_90);
    any_cut |= row.test.crps_at_least;
  }
  const std::size_t left = story.rows.size() - most.n;
  const std::string untold =
      left == 0 ? ""
                : "; of " + counted(left, "more milestone") +
                      " it cannot be told: later than was simulated, or never "
                      "seen";
  const char* const cut =
      any_cut
          ? " CRPS ≥: some simulated times were cut off at the horizon; the "
            "score as far as that."
          : "";
  return wrapped(
      "Of " + std::to_string(most.n) + " milestones " +
          std::to_string(half.successes) + " lie in the 50 % band and " +
          std::to_string(most.successes) + " in the 90 % band" + untold +
          ". Milestones of one incident depend on each other." + cut +
          few_text(story),
      style.columns(kWidth));
}

std::string places_section(const BacktestStory& story, const TextStyle& style) {
  std::string text =
      style.bold("Places of " + counted(story.places.size(), "incident")) +
      " (by the last milestone; uniform if the forecasts are right)\n";
  if (story.beyond > 0) {
    text += wrapped("  " + std::to_string(story.beyond) +
                        " of them beyond what was simulated: drawn evenly from "
                        "the part of the forecast that lies there",
                    style.columns(kWidth), 4);
  }
  if (story.unseen > 0) {
    text += "  " + std::to_string(story.unseen) +
            " more have none: in no replication did it come\n";
  }
  if (!story.repeated.empty()) {
    std::string which;
    for (const std::string& one : story.repeated) {
      which += which.empty() ? "" : ", ";
      which += one;
    }
    text += wrapped("  " + counted(story.repeated.size(), "scenario") +
                        " of an incident that another tells (the same start, "
                        "or a milestone at the same moment), counted once: " +
                        which,
                    style.columns(kWidth), 4);
  }
  if (!story.uniformity) {
    return text + "  too few to test: at least " +
           std::to_string(kFewestPlaces) +
           " independent incidents are needed\n";
  }
  const auto& histogram = story.uniformity->histogram;
  const double most = static_cast<double>(*std::ranges::max_element(histogram));
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    const auto count = static_cast<double>(histogram[i]);
    text += "  " + std::to_string(10 * i) + " … " +
            std::to_string(10 * (i + 1)) + " %  " +
            std::to_string(histogram[i]) + "  " + bar(count / most, 24) + '\n';
  }
  return text + "  Anderson-Darling " +
         number_text(story.uniformity->anderson_darling, NumberKind::kCount,
                     3) +
         ", p " +
         number_text(story.uniformity->p_value.value, NumberKind::kCount, 2) +
         '\n';
}

std::string partial_line(const BacktestStory& story, const TextStyle& style) {
  if (!story.partial) return "";
  return style.bold("Partial: stopped after " + std::to_string(story.told) +
                    " of " + std::to_string(story.asked) + " incidents") +
         "\n\n";
}

Json verdict_json(std::optional<bool> inside) {
  return inside ? Json(*inside) : Json(nullptr);
}

}  // namespace

std::string backtest_report(const BacktestStory& story,
                            const TextStyle& style) {
  std::string text = partial_line(story, style) + rows_table(story, style) +
                     '\n' + coverage_line(story, style) + '\n' +
                     places_section(story, style) + '\n';
  for (const std::string& taken : story.taken_from_incident) {
    text += wrapped("Taken from the incident itself: " + taken + ".",
                    style.columns(kWidth), 2);
  }
  return text + (story.variants
                     ? "Variants tried before: " +
                           std::to_string(*story.variants) + ".\n"
                     : "How many variants were tried before is not said "
                       "(--variants N).\n");
}

std::string backtest_csv(const BacktestStory& story) {
  std::string text;
  CsvWriter csv(text);
  for (const std::string_view name :
       {"scenario", "product", "milestone", "observed_s", "p5_s", "p25_s",
        "p50_s", "p75_s", "p95_s", "percentile", "inside_50", "inside_90",
        "band_50_s", "band_90_s", "crps_s", "n", "censored"}) {
    csv.field(name);
  }
  csv.end_row();
  const auto yes = [](std::optional<bool> inside) {
    return !inside ? "" : *inside ? "1" : "0";
  };
  for (const BacktestRow& row : story.rows) {
    const Backtest& t = row.test;
    csv.field(row.scenario).field(row.product).field(row.milestone);
    csv.field(row.observed).field(t.low_90).field(t.low_50);
    csv.field(t.median.value).field(t.high_50).field(t.high_90);
    csv.field(t.percentile.value);
    csv.field(yes(t.inside_50)).field(yes(t.inside_90));
    csv.field(t.high_50 - t.low_50).field(t.high_90 - t.low_90);
    csv.field(t.crps).field(row.n).field(row.censored).end_row();
  }
  return text;
}

std::string backtest_json(const BacktestStory& story, const RunInfo& info) {
  Json json = info_json(info);
  json["milestones"] = Json::array();
  for (const BacktestRow& row : story.rows) {
    const Backtest& t = row.test;
    json["milestones"].push_back(
        {{"scenario", row.scenario},
         {"product", row.product},
         {"milestone", row.milestone},
         {"observed_s", number_json(row.observed)},
         {"p5_s", number_json(t.low_90)},
         {"p25_s", number_json(t.low_50)},
         {"p50_s", number_json(t.median.value)},
         {"p75_s", number_json(t.high_50)},
         {"p95_s", number_json(t.high_90)},
         {"percentile", number_json(t.percentile.value)},
         {"inside_50", verdict_json(t.inside_50)},
         {"inside_90", verdict_json(t.inside_90)},
         {"crps_s", number_json(t.crps)},
         {"n", row.n},
         {"censored", row.censored}});
  }
  json["incidents"] = story.places.size();
  json["repeated"] = story.repeated;
  if (story.uniformity) {
    json["anderson_darling"] = number_json(story.uniformity->anderson_darling);
    json["p_value"] = number_json(story.uniformity->p_value.value);
  }
  return dump(json);
}

}  // namespace outagesim

#include "sim/experiment/statistics.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

std::string share(const Summary& summary, std::string_view metric,
                  Subject subject) {
  const Estimate e = estimate_of(summary, metric, subject, "probability");
  // Seen always or never: the interval says what that is worth, if anything.
  if (e.value == 1 && e.low < 1)
    return "≥ " + number_text(e.low, NumberKind::kShare, 3);
  if (e.value == 0 && e.high > 0)
    return "≤ " + number_text(e.high, NumberKind::kShare, 2);
  return with_error(e, NumberKind::kShare);
}

std::vector<std::string> row_of(const Summary& summary, Subject subject,
                                std::string label) {
  const auto time = [&](std::string_view statistic) {
    return number_text(estimate_of(summary, "ttr", subject, statistic),
                       NumberKind::kDuration);
  };
  return {std::move(label),
          with_error(estimate_of(summary, "incidents", subject, "mean"),
                     NumberKind::kCount),
          with_error(estimate_of(summary, "outages_per_year", subject, "mean"),
                     NumberKind::kCount),
          time("p50"),
          time("p90"),
          share(summary, "second_outage_within_14d", subject),
          share(summary, "outage_over_4h_probability", subject)};
}

std::string same_days(const Summary& summary, const TextStyle& style) {
  const Model& model = summary.model();
  const auto n = static_cast<std::uint32_t>(model.products.size());
  Table table{{{""}, {"", Table::Align::kRight}}, {}};
  for (std::uint32_t i = 0; i < n * n && n <= 4; ++i) {
    if (i / n == i % n) continue;
    const Subject pair{Scope::kProductPair, i};
    const Estimate e = estimate_of(summary, "same_day", pair, "probability");
    if (!e.defined()) continue;
    table.add({"an outage of " + product_label(model, i / n) +
                   " on a day with one of " + product_label(model, i % n),
               with_error(e, NumberKind::kShare)});
  }
  return table.rows.empty() ? "" : to_text(table, style);
}

}  // namespace

std::string long_run(const ReportInput& input, const TextStyle& style) {
  const Summary& summary = input.summary;
  const Model& model = summary.model();
  if (model.horizon < kLongRun) return {};
  Table table{{{""},
               {"incidents", Table::Align::kRight},
               {"outages a year", Table::Align::kRight},
               {"TTR middle", Table::Align::kRight},
               {"TTR p90", Table::Align::kRight},
               {"next within 14 d", Table::Align::kRight},
               {"one over 4 h", Table::Align::kRight}},
              {}};
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    table.add(row_of(summary, {Scope::kProduct, p}, product_label(model, p)));
  }
  if (model.products.size() > 1) {
    table.add(row_of(summary, {}, "any of them"));
  }
  return style.bold("The long run") + '\n' + to_text(table, style) +
         same_days(summary, style);
}

}  // namespace outagesim::report

#include "sim/experiment/statistics.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

constexpr MetricLine kLines[] = {
    {"ttd", "time to detect (TTD)"},
    {"ttm", "time to mitigate (TTM)"},
    {"ttr", "time to recover (TTR)"},
    {"mttr", "mean time to recover (MTTR)"},
    {"time_to_full_recovery", "time to full recovery"},
    {"time_to_first_word", "operator's first word"},
    {"availability_time", "availability by time"},
    {"availability_requests", "availability by request"},
    {"users_affected", "users affected"},
    {"user_minutes_lost", "user-minutes lost"},
    {"failed_requests", "failed requests"},
    {"degraded_requests", "degraded requests"},
    {"reports_peak", "peak reports in 15 min"},
};

std::string footnote(const Summary& summary, Subject subject,
                     const TextStyle& style) {
  const auto count = [&](std::string_view metric) {
    const Estimate e = estimate_of(summary, metric, subject, "mean");
    return e.censored == 0
               ? std::string()
               : with_commas(e.censored) + " of " + with_commas(e.n);
  };
  const std::string open = count("time_to_full_recovery");
  const std::string unnoticed = count("ttd");
  const std::string unsaid = count("time_to_first_word");
  std::string text;
  if (!open.empty()) {
    text += "; " + open + " not over in full at the horizon";
  }
  if (!unnoticed.empty()) {
    text += "; " + unnoticed + " not noticed before they ended";
  }
  if (!unsaid.empty()) text += "; " + unsaid + " over without a word";
  if (text.empty()) return {};
  text +=
      ": counted as longer than they were watched (Kaplan-Meier), the mean "
      "as far as the longest";
  if (!open.empty()) text += "; in MTTR they give their time, but no recovery";
  return wrapped("  * " + text.substr(2) + ".", style.columns(kWidth), 4);
}

// Outages that never fell that low need no mitigation, so the times to mitigate
// and to recover may be of different ones.
std::string mitigated_note(const Summary& summary, Subject subject,
                           const TextStyle& style) {
  const auto of = estimate_of(summary, "ttm", subject, "mean").n;
  const auto all = estimate_of(summary, "ttr", subject, "mean").n;
  if (of == 0 || of == all) return {};
  return wrapped("  Time to mitigate: of the " + with_commas(of) + " of " +
                     with_commas(all) +
                     " outages that fell below what counts as mitigated.",
                 style.columns(kWidth), 4);
}

std::string one_product(const Summary& summary, std::uint32_t product,
                        const TextStyle& style) {
  const Subject subject{Scope::kProduct, product};
  const Estimate chance =
      estimate_of(summary, "outage_probability", subject, "probability");
  const std::string label = product_label(summary.model(), product);
  const std::string how_often =
      chance.value == 1 ? "every run"
                        : number_text(chance, NumberKind::kShare) + " of runs";
  std::string text = style.bold(label) + ": an outage in " + how_often + '\n';
  Table table = metric_table();
  for (const MetricLine& line : kLines) {
    auto row = metric_row(summary, line, subject);
    if (!row.empty()) table.add(std::move(row));
  }
  return text + to_text(table, style) + footnote(summary, subject, style) +
         mitigated_note(summary, subject, style);
}

}  // namespace

std::string products(const ReportInput& input, const TextStyle& style) {
  const Summary& summary = input.summary;
  std::string text;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    const Estimate chance = estimate_of(summary, "outage_probability",
                                        {Scope::kProduct, p}, "probability");
    const Estimate degraded =
        estimate_of(summary, "degraded_requests", {Scope::kProduct, p}, "mean");
    if (chance.value == 0 && !(degraded.value > 0)) continue;
    if (!text.empty()) text += '\n';
    text += one_product(summary, p, style);
  }
  return text;
}

}  // namespace outagesim::report

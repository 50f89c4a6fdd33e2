#include "viz/run_report.h"

#include <cstdio>

#include "models/base/text.h"
#include "viz/few_runs.h"
#include "viz/gain_report.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {
namespace report {

std::string product_label(const Model& model, std::uint32_t product) {
  const CompiledService& service =
      model.graph.services[model.products[product]];
  return service.label.empty() ? service.name : service.label;
}

std::string and_list(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

}  // namespace report

namespace {

std::string run_line(const ReportInput& input) {
  const RunInfo& info = input.info;
  std::string text = report::with_commas(info.finished);
  if (info.partial) text += " of " + report::with_commas(info.asked);
  text += info.finished == 1 && !info.partial ? " run of " : " runs of ";
  text += exact_text(input.scenario.horizon.value, NumberKind::kDuration);
  text += ", seed " + std::to_string(info.seed) + ", in ";
  text += number_text(info.wall_time.value, NumberKind::kDuration, 2);
  if (!info.strategy.empty()) {
    text += ", with strategy \"" + printable(info.strategy) + '"';
  }
  if (info.partial) text += " (partial: stopped before all were done)";
  return text;
}

std::string certainty_notes(const RunInfo& info, const TextStyle& style) {
  std::string text;
  if (info.missed_precision) {
    text = "The precision asked for, " +
           significant(100 * *info.missed_precision, 3) +
           " %, was not reached: more --replications are needed. ";
  }
  text += few_runs_note(info.finished, "run");
  return text.empty() ? "" : wrapped(text, style.columns(report::kWidth), 0);
}

}  // namespace

std::string run_report(const ReportInput& input, const TextStyle& style) {
  using namespace report;
  std::string text = style.bold(input.scenario.path) + '\n';
  text += run_line(input) + '\n' + certainty_notes(input.info, style) + '\n';
  if (input.info.finished == 0) return text + "Nothing was finished.\n";
  text += headline(input, style);
  for (const std::string& section :
       {products(input, style), shapes(input, style), stages(input, style),
        blast(input, style), people(input, style), long_run(input, style),
        reality(input, style), gain_lines(input.summary),
        assumptions(input, style)}) {
    if (!section.empty()) text += '\n' + section;
  }
  return text;
}

std::string hash_text(std::uint64_t hash) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(hash));
  return digits;
}

}  // namespace outagesim

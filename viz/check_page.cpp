#include "viz/check_page.h"

#include <algorithm>

#include "models/base/text.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostRows = 200;

std::string verdict_text(const CheckRow& row) {
  std::string name(verdict_name(row.verdict));
  if (row.verdict == CheckVerdict::kFitOnly) {
    name += ", phases off by " + exact_text(row.fit_error, NumberKind::kShare);
  }
  if (row.verdict == CheckVerdict::kTooFew) name += " occasions to say";
  return name;
}

// "outage probability": a name that may be broken.
std::string in_words(std::string_view metric) {
  std::string words(metric);
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::vector<std::string> solved_row(const Model& model, const CheckRow& row) {
  const bool is_seen = row.verdict != CheckVerdict::kExactOnly;
  const NumberUnit unit =
      common_unit(number_kind(row), {row.exact, row.simulated.value});
  return {subject_name(model, row.subject),
          in_words(number_name(row)),
          exact_text(row.exact, unit),
          is_seen ? with_error(row.simulated, unit) : "",
          is_seen ? fixed_decimals(row.z, 2) : "",
          std::string(row.method),
          verdict_text(row)};
}

std::vector<std::string> unsolved_row(const Model& model,
                                      const UnsolvedPart& part) {
  std::string why;
  for (const std::string& reason : part.why) {
    why += (why.empty() ? "not solved: " : "; ") + reason;
  }
  return {subject_name(model, part.subject),
          in_words(part.metric->name),
          "",
          "",
          "",
          std::string(part.method),
          why};
}

std::string sentence(const CheckReport& report) {
  const auto count = [&](CheckVerdict verdict) {
    return static_cast<std::size_t>(
        std::ranges::count(report.rows, verdict, &CheckRow::verdict));
  };
  const std::size_t agree = count(CheckVerdict::kAgrees);
  const std::size_t seen = report.rows.size() - count(CheckVerdict::kExactOnly);
  std::string text =
      report.rows.empty()
          ? "Nothing of this scenario can be solved without simulation"
          : counted(report.rows.size(), "number") +
                " can be solved without simulation; " + std::to_string(agree) +
                " of " + std::to_string(seen) +
                (agree == 1 ? " agrees" : " agree") + " with it";
  if (!report.rows.empty()) {
    text +=
        "; z is the distance in standard errors, and all verdicts "
        "together are wrong of a correct simulation once in a thousand";
  }
  if (!report.unsolved.empty()) {
    text += "; of " +
            counted(report.unsolved.size(),
                    report.rows.empty() ? "number" : "other") +
            " the table says why not";
  }
  return text + ".";
}

}  // namespace

ReportTable checks_table(const CheckStory& story, std::string command) {
  ReportTable table{
      "Checked against exact answers",
      sentence(story.report),
      {"of", "number", "exact", "simulated ± 95 %", "z", "by", "verdict"},
      {},
      "checks",
      std::move(command),
      story.report.rows.empty()};
  for (const CheckRow& row : story.report.rows) {
    table.rows.push_back(solved_row(story.model, row));
  }
  for (const UnsolvedPart& part : story.report.unsolved) {
    table.rows.push_back(unsolved_row(story.model, part));
  }
  if (table.rows.size() > kMostRows) table.rows.resize(kMostRows);
  return table;
}

}  // namespace outagesim

#include "viz/slo_page.h"

#include <algorithm>

#include "models/base/text.h"
#include "viz/report_sections.h"
#include "viz/slo_words.h"

namespace outagesim {
namespace {

std::string weakest_text(const WeakLink& link) {
  if (link.cause.empty()) return "no downtime";
  return link.cause + ": " + chance_text(link.share);
}

std::vector<std::string> row_of(const Model& model,
                                const ObjectiveVerdict& verdict) {
  const Objective& said = verdict.objective->said;
  std::vector<std::string> row{
      said.name,
      objective_of(model, *verdict.objective),
      objective_text(said),
      chance_text(verdict.met),
      said.required ? percent_text(said.required->value) + " %" : "",
      gate_text(verdict)};
  if (const auto budget = error_budget(said)) {
    row.insert(row.end(),
               {format_duration(*budget), used_text(verdict.used_mean),
                used_text(verdict.used_p95), gone_text(verdict.lasts_p5),
                gone_text(verdict.lasts_p50)});
  } else {
    row.insert(row.end(), {"", "", "", "", ""});
  }
  row.push_back(weakest_text(verdict.weakest));
  return row;
}

// The hardest first in words: what a reader must know.
std::string sentence_of(const Model& model,
                        const std::vector<ObjectiveVerdict>& verdicts,
                        std::uint64_t replications) {
  const auto hardest = std::ranges::min_element(
      verdicts, {}, [](const ObjectiveVerdict& one) { return one.met.value; });
  std::string text =
      "Over " + report::with_commas(replications) + " runs, " +
      "hardest to meet is \u201c" + hardest->objective->said.name + "\u201d (" +
      objective_of(model, *hardest->objective) + ", " +
      objective_text(hardest->objective->said) +
      "): " + chance_text(hardest->met) + " of its windows meet it.";
  if (hardest->lasts_p5.defined()) {
    text += " In one window of twenty its error budget is gone after " +
            gone_text(hardest->lasts_p5) + ".";
  }
  return text;
}

}  // namespace

ReportTable objectives_page(const Model& model, const SloTally& tally,
                            std::string command) {
  const auto verdicts = tally.verdicts();
  ReportTable table{
      "Objectives",
      sentence_of(model, verdicts, tally.replications()),
      {"objective", "of", "says", "met (95 %)", "needed", "gate",
       "error budget", "used, mean", "used, p95", "gone in 1 of 20 by",
       "gone in the middle by", "weakest link, of the downtime"},
      {},
      "objectives",
      std::move(command)};
  for (const ObjectiveVerdict& verdict : verdicts) {
    table.rows.push_back(row_of(model, verdict));
  }
  if (verdicts.size() > 1) {
    std::vector<std::string> together(table.columns.size());
    together[0] = "all at once";
    together[3] = chance_text(tally.all_met());
    table.rows.push_back(std::move(together));
  }
  return table;
}

}  // namespace outagesim

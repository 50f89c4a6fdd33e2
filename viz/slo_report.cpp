#include "viz/slo_report.h"

#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/few_runs.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"
#include "viz/slo_words.h"

namespace outagesim {
namespace {

constexpr std::size_t kWidth = 96;
constexpr std::size_t kMostLinks = 5;

void add_all_at_once(const SloStory& story, Table& table) {
  table.add({"all at once", "", "", chance_text(story.result.tally.all_met())});
}

// Of a window longer than what is simulated, how much is.
std::string said_text(const SloStory& story, const Objective& said) {
  const Seconds horizon = story.model.horizon;
  return objective_text(said) +
         (said.window.value > horizon.value
              ? ", " + format_duration(horizon) + " of it simulated"
              : "");
}

std::string objectives_table(const SloStory& story,
                             const std::vector<ObjectiveVerdict>& verdicts,
                             const TextStyle& style) {
  const bool gates = std::ranges::any_of(
      verdicts, [](const auto& verdict) { return verdict.passed.has_value(); });
  Table table{
      {{"objective"}, {"of"}, {"says"}, {"met (95 %)", Table::Align::kRight}},
      {}};
  if (gates) {
    table.columns.push_back({"needed", Table::Align::kRight});
    table.columns.push_back({"gate"});
  }
  for (const ObjectiveVerdict& verdict : verdicts) {
    const Objective& said = verdict.objective->said;
    std::vector<std::string> row{
        said.name, objective_of(story.model, *verdict.objective),
        said_text(story, said), chance_text(verdict.met)};
    if (gates) {
      row.push_back(said.required ? percent_text(said.required->value) + " %"
                                  : "");
      row.push_back(gate_text(verdict));
    }
    table.add(row);
  }
  if (verdicts.size() > 1) add_all_at_once(story, table);
  return to_text(table, style);
}

// Both of those that have an error budget: what is used of it, and when it is
// gone.
std::string budgets_tables(const std::vector<ObjectiveVerdict>& verdicts,
                           const TextStyle& style) {
  constexpr auto kRight = Table::Align::kRight;
  Table used{{{"error budget"},
              {"is", kRight},
              {"used, mean", kRight},
              {"used, middle", kRight},
              {"used, p95", kRight}},
             {}};
  Table gone{{{"error budget"},
              {"gone, p5", kRight},
              {"gone, middle", kRight},
              {"gone, p95", kRight}},
             {}};
  for (const ObjectiveVerdict& verdict : verdicts) {
    const Objective& said = verdict.objective->said;
    const auto budget = error_budget(said);
    if (!budget) continue;
    used.add({said.name, format_duration(*budget), used_text(verdict.used_mean),
              used_text(verdict.used_p50), used_text(verdict.used_p95)});
    gone.add({said.name, gone_text(verdict.lasts_p5),
              gone_text(verdict.lasts_p50), gone_text(verdict.lasts_p95)});
  }
  if (used.rows.empty()) return "";
  return '\n' + to_text(used, style) + '\n' + to_text(gone, style);
}

void add_links(const SloStory& story, std::uint32_t product,
               const std::string& name, Table& table) {
  std::string shown = name;
  std::size_t told = 0;
  for (const WeakLink& link : story.result.tally.links(product)) {
    if (++told > kMostLinks) break;
    table.add({shown, link.cause, chance_text(link.share)});
    shown.clear();
  }
}

std::string links_table(const SloStory& story,
                        const std::vector<ObjectiveVerdict>& verdicts,
                        const TextStyle& style) {
  std::vector<std::uint32_t> products;
  Table table{{{"weakest links of"},
               {"cause"},
               {"of the downtime (95 %)", Table::Align::kRight}},
              {}};
  for (const ObjectiveVerdict& verdict : verdicts) {
    const std::uint32_t product = verdict.objective->product;
    if (std::ranges::find(products, product) != products.end()) continue;
    products.push_back(product);
    add_links(story, product, objective_of(story.model, *verdict.objective),
              table);
  }
  return table.rows.empty() ? "\nNo outage was seen.\n"
                            : '\n' + to_text(table, style);
}

// What decides a gate, if there is one.
std::string gate_note(const std::vector<ObjectiveVerdict>& verdicts,
                      GateRule rule) {
  if (std::ranges::none_of(verdicts, [](const ObjectiveVerdict& verdict) {
        return verdict.passed.has_value();
      })) {
    return "";
  }
  switch (rule) {
    case GateRule::kEstimate:
      return " gate: by the estimate, whatever its interval.";
    case GateRule::kLow:
      return " gate: by the interval's lower end; what may be missed fails.";
    case GateRule::kHigh:
      return " gate: by the interval's upper end; what may be met passes.";
  }
  return "";
}

std::string notes(const std::vector<ObjectiveVerdict>& verdicts, GateRule rule,
                  const TextStyle& style) {
  std::string text =
      "Windows follow each other from the start; a horizon shorter than one is "
      "a window in which nothing else happens. ";
  const auto most = std::ranges::max_element(
      verdicts, {}, [](const ObjectiveVerdict& v) { return v.undecided; });
  if (most != verdicts.end() && most->undecided > 0) {
    text +=
        "Cut off at the horizon while undecided, and counted as not met: "
        "up to " +
        percent_text(double(most->undecided) / double(most->windows), 2) +
        " % of the windows. ";
  }
  text +=
      "used: the share of an error budget that a window takes; above 100 % it "
      "is gone, so long after the window's start (p5: in one window of twenty "
      "by then). In brackets: 95 %. The downtime of an outage counts for the "
      "cause that began it.";
  if (verdicts.size() > 1) {
    text += " all at once: of any moment, that every window it lies in is met.";
  }
  text += gate_note(verdicts, rule);
  return '\n' + wrapped(text, style.columns(kWidth), 0);
}

std::string few_notes(const SloStory& story, const TextStyle& style) {
  const std::uint64_t runs = story.result.tally.replications();
  if (runs != 1) return "";
  return wrapped(few_runs_note(runs, "run"), style.columns(kWidth), 0);
}

}  // namespace

std::string_view gate_word(GateRule rule) {
  return rule == GateRule::kLow    ? "low"
         : rule == GateRule::kHigh ? "high"
                                   : "estimate";
}

bool any_gate_failed(const std::vector<ObjectiveVerdict>& verdicts) {
  return std::ranges::any_of(verdicts, [](const ObjectiveVerdict& verdict) {
    return verdict.passed == false;
  });
}

std::string slo_report(const SloStory& story, const TextStyle& style) {
  const auto verdicts = story.result.tally.verdicts(story.gate);
  std::string text =
      style.bold("Objectives over " +
                 counted(story.result.tally.replications(), "run") + " of " +
                 format_duration(story.model.horizon)) +
      (story.info.strategy.empty()
           ? ""
           : ", with strategy \"" + printable(story.info.strategy) + '"') +
      (story.result.partial ? " (partial: stopped before the end)" : "") +
      '\n' + few_notes(story, style) + '\n';
  return text + objectives_table(story, verdicts, style) +
         budgets_tables(verdicts, style) + links_table(story, verdicts, style) +
         notes(verdicts, story.gate, style);
}

}  // namespace outagesim

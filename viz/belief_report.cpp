#include "viz/belief_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "models/base/text.h"
#include "viz/csv.h"
#include "viz/people_numbers.h"
#include "viz/result_json.h"

namespace outagesim {
namespace {

// What a person is told; the files tell all.
constexpr std::array<std::string_view, 4> kTold = {
    "downtime", "users_affected", "user_minutes_lost", "cost_total"};

double deviation(double variance) { return std::sqrt(std::max(0.0, variance)); }

std::string band(const Spread& spread, NumberKind kind) {
  return number_text(spread.p5, kind, 2) + " … " +
         number_text(spread.p95, kind, 2);
}

std::string share_text(const Estimate& share) {
  if (!share.defined()) return "n/a";
  const auto percent = [](double x) { return fixed_decimals(100 * x, 0); };
  return percent(share.value) + " % (" + percent(share.low) + " … " +
         percent(share.high) + ")";
}

std::string outcomes_table(const BeliefStory& story, const TextStyle& style) {
  Table table{{{"metric"},
               {"mean", Table::Align::kRight},
               {"by chance", Table::Align::kRight},
               {"the mean, not knowing", Table::Align::kRight},
               {"by both", Table::Align::kRight},
               {"of the variance", Table::Align::kRight}},
              {}};
  for (const BelievedOutcome& one : story.result.outcomes) {
    if (std::ranges::find(kTold, one.outcome.metric->name) == kTold.end()) {
      continue;
    }
    const NumberKind kind = kind_of_unit(one.outcome.metric->unit);
    table.add(
        {outcome_name(one.outcome), with_error(one.parts.mean, kind),
         band(one.chance, kind),
         one.parts.ignorance > 0 ? band(one.ignorance, kind) : "lost in chance",
         band(one.both, kind), share_text(one.parts.share)});
  }
  return to_text(table, style);
}

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value)
                              : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json spread_json(const Spread& spread) {
  return {{"p5", number(spread.p5)},
          {"p50", number(spread.p50)},
          {"p95", number(spread.p95)}};
}

}  // namespace

std::string belief_report(const BeliefStory& story, const TextStyle& style) {
  const BeliefResult& result = story.result;
  std::string text = style.bold("What chance does, and what not knowing does") +
                     "\n\n" + outcomes_table(story, style) + "\n";
  text += wrapped(
      "A band is 90 % of cases. by chance: one replication of the scenario as "
      "written; the mean, not "
      "knowing: where the true mean lies by what is believed, chance taken "
      "out; by both: one replication. of the variance: the part that comes "
      "from not knowing, with a 95 % interval (86 to 95 % where a belief is as "
      "skewed as an exponential); more replications do not make it smaller, "
      "better numbers do.",
      style.columns(96));
  text += wrapped(
      "Cost: " + std::to_string(story.options.draws - result.impossible) +
          " draws of the beliefs with " + std::to_string(story.options.each) +
          " replications each, and as many as written: " +
          std::to_string(result.runs) + " in " +
          number_text(story.wall_time.value, NumberKind::kDuration, 2) + "." +
          (result.impossible > 0
               ? " " + std::to_string(result.impossible) +
                     " draws given up, for the scenario would be wrong there."
               : ""),
      style.columns(96));
  text += "\nNot known\n";
  for (const std::string& input : story.inputs) {
    text += wrapped("  " + input, style.columns(96), 4);
  }
  return text;
}

std::string belief_csv(const BeliefStory& story) {
  std::string text =
      "scope,name,metric,unit,mean,ci_low,ci_high,sd_chance,sd_ignorance,"
      "sd_both,share_ignorance,share_low,share_high,p5_chance,p50_chance,"
      "p95_chance,p5_ignorance,p50_ignorance,p95_ignorance,p5_both,p50_both,"
      "p95_both\n";
  CsvWriter csv(text);
  for (const BelievedOutcome& one : story.result.outcomes) {
    const VarianceParts& parts = one.parts;
    csv.field(scope_name(one.outcome.scope))
        .field(one.outcome.subject)
        .field(one.outcome.metric->name)
        .field(one.outcome.metric->unit)
        .field(parts.mean.value)
        .field(parts.mean.low)
        .field(parts.mean.high)
        .field(deviation(parts.chance))
        .field(deviation(parts.ignorance))
        .field(deviation(parts.both()))
        .field(parts.share.value)
        .field(parts.share.low)
        .field(parts.share.high);
    for (const Spread* spread : {&one.chance, &one.ignorance, &one.both}) {
      csv.field(spread->p5).field(spread->p50).field(spread->p95);
    }
    csv.end_row();
  }
  return text;
}

std::string belief_json(const RunInfo& info, const BeliefStory& story) {
  auto json = nlohmann::ordered_json::parse(run_json(info, {}));
  json["draws"] = story.options.draws - story.result.impossible;
  json["each"] = story.options.each;
  json["not_known"] = story.inputs;
  json["outcomes"] = nlohmann::ordered_json::array();
  for (const BelievedOutcome& one : story.result.outcomes) {
    const VarianceParts& parts = one.parts;
    json["outcomes"].push_back(
        {{"metric", outcome_name(one.outcome)},
         {"unit", one.outcome.metric->unit},
         {"mean", number(parts.mean.value)},
         {"ci_low", number(parts.mean.low)},
         {"ci_high", number(parts.mean.high)},
         {"sd_chance", number(deviation(parts.chance))},
         {"sd_ignorance", number(deviation(parts.ignorance))},
         {"sd_both", number(deviation(parts.both()))},
         {"share_ignorance", number(parts.share.value)},
         {"share_low", number(parts.share.low)},
         {"share_high", number(parts.share.high)},
         {"chance", spread_json(one.chance)},
         {"ignorance", spread_json(one.ignorance)},
         {"both", spread_json(one.both)}});
  }
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         '\n';
}

}  // namespace outagesim

// Objectives as CSV and as JSON.
#include "viz/csv.h"
#include "viz/json_parts.h"
#include "viz/slo_report.h"

namespace outagesim {
namespace {

// The one limit of an objective, with its name and unit.
struct Limit {
  const char* name;
  const char* unit;
  double value;
};

Limit limit_of(const Objective& said) {
  if (said.availability) return {"availability", "1", said.availability->value};
  if (said.downtime) return {"downtime", "s", said.downtime->value};
  if (said.mttr) return {"mttr", "s", said.mttr->value};
  if (said.longest) return {"longest", "s", said.longest->value};
  if (said.outages) return {"outages", "outages", *said.outages};
  return {"blast_radius", "1", said.blast_radius->value};
}

std::string product_name(const Model& model,
                         const CompiledObjective& objective) {
  return objective.product == kNone
             ? std::string("all")
             : subject_name(model, {Scope::kProduct, objective.product});
}

double budget_or_nothing(const Objective& said) {
  const auto budget = error_budget(said);
  return budget ? budget->value : kUndefined;
}

double required_or_nothing(const Objective& said) {
  return said.required ? said.required->value : kUndefined;
}

void add_estimate(CsvWriter& csv, const Estimate& estimate) {
  csv.field(estimate.value).field(estimate.low).field(estimate.high);
}

void add_row(CsvWriter& csv, const Model& model,
             const ObjectiveVerdict& verdict) {
  const Objective& said = verdict.objective->said;
  const Limit limit = limit_of(said);
  csv.field(said.name)
      .field(product_name(model, *verdict.objective))
      .field(limit.name)
      .field(limit.unit)
      .field(limit.value)
      .field(said.window.value);
  add_estimate(csv, verdict.met);
  csv.field(verdict.windows)
      .field(verdict.undecided)
      .field(required_or_nothing(said));
  if (verdict.passed) {
    csv.field(*verdict.passed);
  } else {
    csv.field("");
  }
  csv.field(budget_or_nothing(said));
  add_estimate(csv, verdict.used_mean);
  add_estimate(csv, verdict.used_p50);
  add_estimate(csv, verdict.used_p95);
  add_estimate(csv, verdict.lasts_p5);
  add_estimate(csv, verdict.lasts_p50);
  add_estimate(csv, verdict.lasts_p95);
  csv.field(verdict.weakest.cause);
  add_estimate(csv, verdict.weakest.share);
  csv.end_row();
}

Json interval_json(const Estimate& estimate) {
  return {{"value", number_json(estimate.value)},
          {"ci_low", number_json(estimate.low)},
          {"ci_high", number_json(estimate.high)}};
}

Json links_json(const SloStory& story, std::uint32_t product) {
  Json json = Json::array();
  for (const WeakLink& link : story.result.tally.links(product)) {
    json.push_back(
        {{"cause", link.cause}, {"share", interval_json(link.share)}});
  }
  return json;
}

Json verdict_json(const SloStory& story, const ObjectiveVerdict& verdict) {
  const Objective& said = verdict.objective->said;
  const Limit limit = limit_of(said);
  return {{"objective", said.name},
          {"of", product_name(story.model, *verdict.objective)},
          {"says", objective_text(said)},
          {"limit", limit.name},
          {"limit_unit", limit.unit},
          {"limit_value", limit.value},
          {"window_s", said.window.value},
          {"met", interval_json(verdict.met)},
          {"windows", verdict.windows},
          {"undecided", verdict.undecided},
          {"required", number_json(required_or_nothing(said))},
          {"passed", verdict.passed ? Json(*verdict.passed) : Json(nullptr)},
          {"budget_s", number_json(budget_or_nothing(said))},
          {"budget_used", interval_json(verdict.used_mean)},
          {"budget_used_p50", interval_json(verdict.used_p50)},
          {"budget_used_p95", interval_json(verdict.used_p95)},
          {"budget_lasts_p5_s", interval_json(verdict.lasts_p5)},
          {"budget_lasts_p50_s", interval_json(verdict.lasts_p50)},
          {"budget_lasts_p95_s", interval_json(verdict.lasts_p95)},
          {"weakest_links", links_json(story, verdict.objective->product)}};
}

}  // namespace

std::string slo_csv(const SloStory& story) {
  std::string text =
      "objective,of,limit,unit,limit_value,window_s,probability,ci_low,ci_high,"
      "windows,undecided,required,passed,budget_s,used_mean,used_low,used_high,"
      "used_p50,used_p50_low,used_p50_high,used_p95,used_p95_low,"
      "used_p95_high,lasts_p5_s,lasts_p5_low_s,lasts_p5_high_s,"
      "lasts_p50_s,lasts_p50_low_s,lasts_p50_high_s,"
      "lasts_p95_s,lasts_p95_low_s,lasts_p95_high_s,weakest_link,"
      "weakest_share,weakest_low,weakest_high\n";
  CsvWriter csv(text);
  for (const ObjectiveVerdict& verdict :
       story.result.tally.verdicts(story.gate)) {
    add_row(csv, story.model, verdict);
  }
  return text;
}

std::string slo_json(const SloStory& story) {
  Json json = info_json(story.info);
  json["gate"] = gate_word(story.gate);
  json["all_met"] = interval_json(story.result.tally.all_met());
  json["objectives"] = Json::array();
  for (const ObjectiveVerdict& verdict :
       story.result.tally.verdicts(story.gate)) {
    json["objectives"].push_back(verdict_json(story, verdict));
  }
  return dump(json);
}

}  // namespace outagesim

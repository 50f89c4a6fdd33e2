// check.csv, cut_sets.csv, importance.csv, and all of them as JSON.
#include <cmath>
#include <nlohmann/json.hpp>

#include "viz/check_report.h"
#include "viz/csv.h"

namespace outagesim {
namespace {

using Json = nlohmann::ordered_json;

void add_name(const CheckStory& story, Subject subject, const Metric& metric,
              std::string_view unit, CsvWriter& csv) {
  csv.field(scope_name(subject.scope))
      .field(subject_name(story.model, subject))
      .field(metric.name)
      .field(unit);
}

std::string joined(const std::vector<std::string>& parts,
                   std::string_view with) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += with;
    text += part;
  }
  return text;
}

std::vector<std::string> event_names(const CheckStory& story,
                                     const CutSet& set) {
  std::vector<std::string> names;
  for (const std::uint32_t event : set) {
    names.push_back(story.report.products.sources.known[event].name);
  }
  return names;
}

double set_probability(const CheckStory& story, const CutSet& set) {
  double p = 1;
  for (const std::uint32_t event : set) {
    p *= story.report.products.share_under_way[event];
  }
  return p;
}

std::string product_name(const CheckStory& story, const ExactProduct& product) {
  return subject_name(story.model, {Scope::kProduct, product.product});
}

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(); }

Json row_json(const CheckStory& story, const CheckRow& row) {
  return {{"scope", scope_name(row.subject.scope)},
          {"name", subject_name(story.model, row.subject)},
          {"metric", row.metric->name},
          {"unit", number_unit(row)},
          {"method", row.method},
          {"measure", row.measure},
          {"exact", number(row.exact)},
          {"exact_error", number(row.exact_error)},
          {"fit_error", number(row.fit_error)},
          {"fit_moves", number(row.fit_moves)},
          {"simulated", number(row.simulated.value)},
          {"ci_low", number(row.simulated.low)},
          {"ci_high", number(row.simulated.high)},
          {"n", row.simulated.n},
          {"z", number(row.z)},
          {"p_value", number(row.p_value)},
          {"verdict", verdict_name(row.verdict)}};
}

Json product_json(const CheckStory& story, const ExactProduct& product) {
  Json json{{"name", product_name(story, product)},
            {"outage_share", number(product.outage_share)},
            {"cut_sets_whole", product.cuts.whole},
            {"cut_sets", Json::array()},
            {"importance", Json::array()}};
  for (const CutSet& set : product.cuts.sets) {
    json["cut_sets"].push_back({{"events", event_names(story, set)},
                                {"probability", set_probability(story, set)}});
  }
  for (std::size_t i = 0; i < product.importance.size(); ++i) {
    const FailureImportance& is = product.importance[i];
    if (is.birnbaum == 0) continue;
    json["importance"].push_back(
        {{"event", story.report.products.sources.known[i].name},
         {"share_under_way", story.report.products.share_under_way[i]},
         {"birnbaum", number(is.birnbaum)},
         {"fussell_vesely", number(is.fussell_vesely)},
         {"risk_achievement_worth", number(is.achievement)},
         {"risk_reduction_worth", number(is.reduction)}});
  }
  return json;
}

}  // namespace

std::string check_csv(const CheckStory& story) {
  std::string text =
      "scope,name,metric,unit,method,measure,exact,exact_error,fit_error,"
      "fit_moves,simulated,ci_low,ci_high,n,z,p_value,verdict,why\n";
  CsvWriter csv(text);
  for (const CheckRow& row : story.report.rows) {
    add_name(story, row.subject, *row.metric, number_unit(row), csv);
    csv.field(row.method).field(row.measure);
    csv.field(row.exact).field(row.exact_error);
    csv.field(row.fit_error).field(row.fit_moves);
    csv.field(row.simulated.value).field(row.simulated.low);
    csv.field(row.simulated.high).field(row.simulated.n);
    csv.field(row.z).field(row.p_value).field(verdict_name(row.verdict));
    csv.field("").end_row();
  }
  for (const UnsolvedPart& part : story.report.unsolved) {
    add_name(story, part.subject, *part.metric, part.metric->unit, csv);
    csv.field(part.method);
    for (int i = 0; i < 11; ++i) csv.field("");
    csv.field("not solved").field(joined(part.why, "; ")).end_row();
  }
  return text;
}

std::string cut_sets_csv(const CheckStory& story) {
  std::string text = "product,order,events,probability\n";
  CsvWriter csv(text);
  for (const ExactProduct& product : story.report.products.products) {
    for (const CutSet& set : product.cuts.sets) {
      csv.field(product_name(story, product))
          .field(static_cast<std::uint64_t>(set.size()))
          .field(joined(event_names(story, set), " + "))
          .field(set_probability(story, set))
          .end_row();
    }
  }
  return text;
}

std::string importance_csv(const CheckStory& story) {
  std::string text =
      "product,event,share_under_way,birnbaum,fussell_vesely,"
      "risk_achievement_worth,risk_reduction_worth\n";
  CsvWriter csv(text);
  for (const ExactProduct& product : story.report.products.products) {
    for (std::size_t i = 0; i < product.importance.size(); ++i) {
      const FailureImportance& is = product.importance[i];
      if (is.birnbaum == 0) continue;
      csv.field(product_name(story, product))
          .field(story.report.products.sources.known[i].name)
          .field(story.report.products.share_under_way[i])
          .field(is.birnbaum)
          .field(is.fussell_vesely)
          .field(is.achievement)
          .field(is.reduction)
          .end_row();
    }
  }
  return text;
}

std::string check_json(const CheckStory& story) {
  Json json{{"scenario", story.scenario},
            {"against", story.against},
            {"replications", story.report.replications},
            {"agrees", story.report.agrees()},
            {"judged", story.report.judged()},
            {"family_error", kFamilyError},
            {"rows", Json::array()},
            {"chains", Json::array()},
            {"not_solved", Json::array()},
            {"products", Json::array()}};
  for (const CheckRow& row : story.report.rows) {
    json["rows"].push_back(row_json(story, row));
  }
  for (const SolvedChain& chain : story.report.chains) {
    json["chains"].push_back(
        {{"product",
          subject_name(story.model, {Scope::kProduct, chain.product})},
         {"states", chain.states},
         {"residual", number(chain.residual)}});
  }
  for (const UnsolvedPart& part : story.report.unsolved) {
    json["not_solved"].push_back(
        {{"scope", scope_name(part.subject.scope)},
         {"name", subject_name(story.model, part.subject)},
         {"metric", part.metric->name},
         {"method", part.method},
         {"why", part.why}});
  }
  for (const ExactProduct& product : story.report.products.products) {
    if (!product.why_not.empty()) continue;
    json["products"].push_back(product_json(story, product));
  }
  return json.dump(2) + "\n";
}

}  // namespace outagesim

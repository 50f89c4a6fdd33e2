// The comparison as CSV and as JSON.
#include "viz/comparison_report.h"
#include "viz/csv.h"
#include "viz/json_parts.h"

namespace outagesim {
namespace {

std::string product_name(const Model& model, const Subject& subject) {
  return subject.scope == Scope::kSystem ? std::string("all")
                                         : subject_name(model, subject);
}

Json estimate_json(const Estimate& estimate) {
  return {{"value", number_json(estimate.value)},
          {"ci_low", number_json(estimate.low)},
          {"ci_high", number_json(estimate.high)}};
}

Json metric_json(const Model& model, const ComparedMetric& metric,
                 const StrategyEffect& effect) {
  return {{"product", product_name(model, metric.subject)},
          {"metric", metric.metric->name},
          {"unit", metric.metric->unit},
          {"mean", estimate_json(effect.mean)},
          {"difference", estimate_json(effect.difference)},
          {"relative", number_json(effect.relative)},
          {"variance_ratio", number_json(effect.variance_ratio)},
          {"p_best", number_json(effect.p_best)},
          {"censored", effect.mean.censored}};
}

Json strategy_json(const ComparisonStory& story, std::size_t i) {
  const Candidate& candidate = story.comparison.candidates()[i];
  return {{"strategy", candidate.name},
          {"price_per_year_usd",
           number_json(price_per_year(candidate, story.basis).value)},
          {"price_per_user_hour_saved_usd",
           number_json(price_of_hour(story.comparison, i, story.basis))},
          {"on_frontier", bool{on_frontier(story.comparison, story.basis)[i]}},
          {"metrics", Json::array()}};
}

}  // namespace

std::string comparison_csv(const ComparisonStory& story) {
  const Comparison& comparison = story.comparison;
  const Model& model = *comparison.candidates().front().model;
  const auto frontier = on_frontier(comparison, story.basis);
  std::string text =
      "strategy,product,metric,unit,mean,difference,ci_low,ci_high,relative,"
      "variance_ratio,p_best,price_per_year,price_per_user_hour_saved,"
      "on_frontier,censored\n";
  CsvWriter csv(text);
  for (std::size_t row = 0; row < comparison.metrics().size(); ++row) {
    const ComparedMetric& metric = comparison.metrics()[row];
    const auto all = comparison.differences(row);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Candidate& candidate = comparison.candidates()[i];
      csv.field(candidate.name)
          .field(product_name(model, metric.subject))
          .field(metric.metric->name)
          .field(metric.metric->unit)
          .field(all[i].mean.value)
          .field(all[i].difference.value)
          .field(all[i].difference.low)
          .field(all[i].difference.high)
          .field(all[i].relative)
          .field(all[i].variance_ratio)
          .field(all[i].p_best)
          .field(price_per_year(candidate, story.basis).value)
          .field(price_of_hour(comparison, i, story.basis))
          .field(bool{frontier[i]})
          .field(all[i].mean.censored);
      csv.end_row();
    }
  }
  return text;
}

std::string comparison_json(const ComparisonStory& story, const RunInfo& info) {
  const Comparison& comparison = story.comparison;
  const Model& model = *comparison.candidates().front().model;
  Json json = info_json(info);
  json["left_out"] = story.left_out;
  json["strategies"] = Json::array();
  for (std::size_t i = 0; i < comparison.candidates().size(); ++i) {
    json["strategies"].push_back(strategy_json(story, i));
  }
  for (std::size_t row = 0; row < comparison.metrics().size(); ++row) {
    const auto all = comparison.differences(row);
    for (std::size_t i = 0; i < all.size(); ++i) {
      json["strategies"][i]["metrics"].push_back(
          metric_json(model, comparison.metrics()[row], all[i]));
    }
  }
  return dump(json);
}

}  // namespace outagesim

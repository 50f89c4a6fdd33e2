#include "viz/result_json.h"

#include "viz/json_parts.h"

namespace outagesim {
namespace {

Json row_json(const Model& model, const SummaryRow& row) {
  const Estimate& e = row.estimate;
  return {{"scope", scope_name(row.subject.scope)},
          {"name", subject_name(model, row.subject)},
          {"metric", row.metric->name},
          {"unit", row.metric->unit},
          {"statistic", row.statistic.name},
          {"value", number_json(e.value)},
          {"ci_low", number_json(e.low)},
          {"ci_high", number_json(e.high)},
          {"n", e.n},
          {"censored", e.censored}};
}

Json verdict(std::optional<bool> inside) {
  return inside ? Json(*inside) : Json(nullptr);
}

Json milestone_json(const Model& model, const CompiledObservation& observed,
                    const MilestoneTimes& simulated) {
  const Backtest test = backtest(observed, simulated);
  return {{"product", subject_name(model, {Scope::kProduct, observed.product})},
          {"milestone", milestone_name(observed.milestone)},
          {"observed_s", number_json(observed.at.value)},
          {"source", observed.source},
          {"p5_s", number_json(test.low_90)},
          {"p25_s", number_json(test.low_50)},
          {"p50_s", number_json(test.median.value)},
          {"p75_s", number_json(test.high_50)},
          {"p95_s", number_json(test.high_90)},
          {"percentile", number_json(test.percentile.value)},
          {"percentile_low", number_json(test.percentile.low)},
          {"percentile_high", number_json(test.percentile.high)},
          {"inside_50", verdict(test.inside_50)},
          {"inside_90", verdict(test.inside_90)},
          {"band_50_s", number_json(test.high_50 - test.low_50)},
          {"band_90_s", number_json(test.high_90 - test.low_90)},
          {"crps_s", number_json(test.crps)},
          {"n", simulated.times.n()},
          {"censored", simulated.times.censored_counts.n},
          {"absent", simulated.absent}};
}

}  // namespace

std::string run_json(const RunInfo& info,
                     const std::vector<std::string>& files) {
  Json json = info_json(info);
  json["files"] = files;
  return dump(json);
}

std::string result_json(const RunInfo& info, const Summary& summary,
                        std::span<const SummaryRow> rows) {
  const Model& model = summary.model();
  Json json = info_json(info);
  json["summary"] = Json::array();
  for (const SummaryRow& row : rows) {
    json["summary"].push_back(row_json(model, row));
  }
  json["observed"] = Json::array();
  for (std::size_t i = 0; i < model.observed.size(); ++i) {
    json["observed"].push_back(
        milestone_json(model, model.observed[i], summary.milestones()[i]));
  }
  return dump(json);
}

}  // namespace outagesim

#include "viz/result_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "models/base/version.h"

namespace outagesim {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json info_json(const RunInfo& info) {
  Json json;
  json["version"] = version();
  json["command"] = info.command;
  json["scenario"] = info.scenario;
  json["scenario_hash"] = hash_text(info.scenario_hash);
  json["set"] = info.set;
  json["seed"] = info.seed;
  json["replications_asked"] = info.asked;
  json["replications"] = info.finished;
  json["partial"] = info.partial;
  json["threads"] = info.threads;
  json["wall_time_s"] = number(info.wall_time.value);
  return json;
}

Json row_json(const Model& model, const SummaryRow& row) {
  const Estimate& e = row.estimate;
  return {{"scope", scope_name(row.subject.scope)},
          {"name", subject_name(model, row.subject)},
          {"metric", row.metric->name},
          {"unit", row.metric->unit},
          {"statistic", row.statistic.name},
          {"value", number(e.value)},
          {"ci_low", number(e.low)},
          {"ci_high", number(e.high)},
          {"n", e.n},
          {"censored", e.censored}};
}

Json milestone_json(const Model& model, const CompiledObservation& observed,
                    const MilestoneTimes& simulated) {
  const Backtest test = backtest(observed, simulated);
  return {{"product", subject_name(model, {Scope::kProduct, observed.product})},
          {"milestone", milestone_name(observed.milestone)},
          {"observed_s", number(observed.at.value)},
          {"source", observed.source},
          {"p5_s", number(test.low_90)},
          {"p25_s", number(test.low_50)},
          {"p50_s", number(test.median.value)},
          {"p75_s", number(test.high_50)},
          {"p95_s", number(test.high_90)},
          {"percentile", number(test.percentile.value)},
          {"percentile_low", number(test.percentile.low)},
          {"percentile_high", number(test.percentile.high)},
          {"inside_50", test.inside_50},
          {"inside_90", test.inside_90},
          {"band_50_s", number(test.high_50 - test.low_50)},
          {"band_90_s", number(test.high_90 - test.low_90)},
          {"crps_s", number(test.crps)},
          {"n", simulated.times.n()},
          {"censored", simulated.times.censored_counts.n},
          {"absent", simulated.absent}};
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
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

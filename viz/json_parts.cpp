#include "viz/json_parts.h"

#include <cmath>

#include "models/base/version.h"

namespace outagesim {

Json number_json(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json info_json(const RunInfo& info) {
  Json json;
  json["version"] = version();
  json["command"] = info.command;
  json["scenario"] = info.scenario;
  json["scenario_hash"] = hash_text(info.scenario_hash);
  json["set"] = info.set;
  json["strategy"] =
      info.strategy.empty() ? Json(nullptr) : Json(info.strategy);
  json["seed"] = info.seed;
  json["replications_asked"] = info.asked;
  json["replications"] = info.finished;
  json["partial"] = info.partial;
  if (info.missed_precision) {
    json["missed_precision"] = *info.missed_precision;
  }
  json["threads"] = info.threads;
  json["ranks"] = info.ranks;
  json["wall_time_s"] = number_json(info.wall_time.value);
  return json;
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace outagesim

// What the JSON texts have in common. Internal to this folder.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "viz/run_info.h"

namespace outagesim {

using Json = nlohmann::ordered_json;

// null where the number is not finite: not defined, or open.
Json number_json(double value);
// What was run: the head of every JSON text.
Json info_json(const RunInfo& info);
// Indented by two; what is no UTF-8 is replaced.
std::string dump(const Json& json);

}  // namespace outagesim

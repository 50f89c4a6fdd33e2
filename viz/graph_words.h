// What the graph formats say of services and needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/system_graph.h"

namespace outagesim {

const std::string& title_of(const Service& service);
// "97.1 %", or "unknown".
std::string share_text(double share);
// The services a need names, each once: cells of one service are one target.
std::vector<std::string_view> targets_of(const Need& need);
// "hard"; of alternatives, which belong together: "any of place",
// "2 of stores".
std::string need_text(const Need& need);

}  // namespace outagesim

// A line of a comparison, named by a person: "chatgpt:mttr".
#pragma once

#include <cstddef>
#include <string>

#include "sim/experiment/compare.h"

namespace outagesim {

// Its index in comparison.metrics(). Without a name: of the whole system, or
// of its only product. Throws a UsageError that begins with `option` for what
// the comparison does not tell.
std::size_t compared_row(const Comparison& comparison, const std::string& text,
                         const std::string& option);

// "user_minutes_lost", "chatgpt:downtime".
std::string row_name(const Comparison& comparison, std::size_t row);

}  // namespace outagesim

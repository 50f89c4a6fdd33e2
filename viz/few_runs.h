// What a report of few replications says of itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outagesim {

// Below this no order statistic encloses the ends of 90 % of cases: 0.95^72 is
// less than 2.5 %.
inline constexpr std::uint64_t kEnoughForBands = 72;

// A sentence or two where there are too few of `what` ("run"); else nothing.
std::string few_runs_note(std::uint64_t n, std::string_view what);

}  // namespace outagesim

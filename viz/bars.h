// Pictures made of block characters: bars and small curves.
#pragma once

#include <string>
#include <vector>

namespace outagesim {

// A bar of `share` of `width` columns, in eighths of a column.
std::string bar(double share, std::size_t width);

// A column for each share of full height, in eighths: "▁▃█". What is above 0
// is never nothing; NaN is.
std::string spark(const std::vector<double>& shares);

}  // namespace outagesim

// A result as the colours of a graph's services.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

// A share of each service, 0 bad to 1 good; NaN is told as unknown. Empty: no
// colour.
struct GraphColours {
  std::string name;  // "served"
  std::vector<double> values;
};

bool coloured(const GraphColours& colours);

// "#2c6fbb" at 1 to "#a50026" at 0; grey for NaN.
std::string share_colour(double share);
// The colour of letters on share_colour(): dark fills want light ones.
std::string_view ink_on(double share);

}  // namespace outagesim

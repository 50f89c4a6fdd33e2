#include "viz/graph_colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace outagesim {
namespace {

struct Stop {
  double share;
  std::array<int, 3> rgb;
};
constexpr std::array<Stop, 5> kStops{{{0, {0xa5, 0x00, 0x26}},
                                      {0.4, {0xe0, 0x55, 0x2f}},
                                      {0.8, {0xf5, 0xa6, 0x23}},
                                      {0.97, {0x74, 0xad, 0xd1}},
                                      {1, {0x2c, 0x6f, 0xbb}}}};
constexpr std::string_view kUnknown = "#b0b6c0";

std::string hex(const std::array<double, 3>& rgb) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02lx%02lx%02lx", std::lround(rgb[0]),
                std::lround(rgb[1]), std::lround(rgb[2]));
  return text;
}

}  // namespace

bool coloured(const GraphColours& colours) { return !colours.values.empty(); }

std::string share_colour(double share) {
  if (std::isnan(share)) return std::string(kUnknown);
  const double x = std::clamp(share, 0.0, 1.0);
  std::size_t i = 1;
  while (i + 1 < kStops.size() && kStops[i].share < x) ++i;
  const Stop& low = kStops[i - 1];
  const Stop& high = kStops[i];
  const double along = (x - low.share) / (high.share - low.share);
  std::array<double, 3> rgb{};
  for (std::size_t c = 0; c < rgb.size(); ++c) {
    rgb[c] = low.rgb[c] + along * (high.rgb[c] - low.rgb[c]);
  }
  return hex(rgb);
}

std::string_view ink_on(double share) {
  return share < 0.3 || share > 0.985 ? "#ffffff" : "#1c2430";
}

}  // namespace outagesim

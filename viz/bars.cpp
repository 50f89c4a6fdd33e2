#include "viz/bars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace outagesim {

std::string bar(double share, std::size_t width) {
  static constexpr std::array<std::string_view, 8> kParts{"",  "▏", "▎", "▍",
                                                          "▌", "▋", "▊", "▉"};
  const double clamped = std::isnan(share) ? 0 : std::clamp(share, 0.0, 1.0);
  const auto eighths = static_cast<std::size_t>(
      std::lround(clamped * 8 * static_cast<double>(width)));
  std::string text;
  for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
  return text += kParts[eighths % 8];
}

std::string spark(const std::vector<double>& shares) {
  static constexpr std::array<std::string_view, 9> kLevels{
      " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string text;
  for (const double share : shares) {
    const double clamped = std::isnan(share) ? 0 : std::clamp(share, 0.0, 1.0);
    const long level = std::lround(clamped * 8);
    const long least = clamped > 0 ? 1 : 0;
    text += kLevels[static_cast<std::size_t>(std::max(level, least))];
  }
  return text;
}

}  // namespace outagesim

#include "models/base/clock_text.h"

#include <cmath>
#include <cstdio>

namespace outagesim {

std::string clock_text(Seconds t) {
  const auto total = static_cast<long long>(std::llround(std::abs(t.value)));
  const long long days = total / 86400;
  char text[64];
  std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", total / 3600 % 24,
                total / 60 % 60, total % 60);
  std::string clock = text;
  if (days > 0) clock.insert(0, std::to_string(days) + " d ");
  return t.value < 0 && total > 0 ? "-" + clock : clock;
}

}  // namespace outagesim

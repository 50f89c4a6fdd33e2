#include <array>
#include <charconv>
#include <cmath>

#include "models/base/text.h"

namespace outagesim {
namespace {

template <class... Format>
std::string written(double value, Format... format) {
  std::array<char, 512> buffer{};
  const auto result = std::to_chars(
      buffer.data(), buffer.data() + buffer.size(), value, format...);
  return {buffer.data(), result.ptr};
}

std::optional<std::string> special(double value) {
  if (std::isnan(value)) return "n/a";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";  // also -0
  return std::nullopt;
}

double rounded_to_digits(double value, int digits) {
  const std::string text =
      written(value, std::chars_format::scientific, digits - 1);
  double rounded = value;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded;
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// One decimal below `limit`, none above; never "5.0".
std::string brief(double value, double limit) {
  const int decimals = std::abs(value) < limit ? 1 : 0;
  return without_trailing_zeros(fixed_decimals(value, decimals));
}

struct Scale {
  double below;    // used for magnitudes below this
  double unit;     // divided by this
  double decimal;  // one decimal below this many units
  std::string_view name;
};

// The bounds are where rounding would print the next unit's first value.
constexpr std::array<Scale, 6> kDurations = {{
    {0.0995, 1e-3, 10, " ms"},
    {59.5, 1, 9.95, " s"},
    {3570, 60, 9.95, " min"},
    {171'000, 3600, 9.95, " h"},
    {730 * 86400.0, 86400, 9.95, " d"},
    {HUGE_VAL, 365 * 86400.0, 9.95, " y"},
}};

constexpr std::array<Scale, 5> kCounts = {{
    {999.5, 1, 9.95, ""},
    {999.5e3, 1e3, 99.95, " k"},
    {999.5e6, 1e6, 99.95, " M"},
    {999.5e9, 1e9, 99.95, " G"},
    {HUGE_VAL, 1e12, 99.95, " T"},
}};

template <class Scales>
std::string in_scale(double value, const Scales& scales) {
  if (auto text = special(value)) return *text;
  size_t i = 0;
  while (std::abs(value) >= scales[i].below) ++i;
  return brief(value / scales[i].unit, scales[i].decimal) +
         std::string(scales[i].name);
}

}  // namespace

std::string round_trip(double value) {
  if (std::isnan(value)) return "n/a";
  return written(value);
}

std::string significant(double value, int digits) {
  if (auto text = special(value)) return *text;
  const double rounded = rounded_to_digits(value, digits);
  const double size = std::abs(rounded);
  const bool is_readable = size >= 1e-5 && size < 1e15;
  return is_readable ? written(rounded, std::chars_format::fixed)
                     : written(rounded, std::chars_format::scientific);
}

std::string fixed_decimals(double value, int decimals) {
  if (std::isnan(value) || std::isinf(value)) return *special(value);
  if (std::abs(value) >= 1e15) return significant(value, 15);
  std::string text = written(value, std::chars_format::fixed, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos &&
      text.starts_with('-')) {
    text.erase(0, 1);
  }
  return text;
}

std::string format_duration(Seconds duration) {
  if (std::isinf(duration.value))
    return duration.value > 0 ? "forever" : "-forever";
  if (std::isnan(duration.value)) return "n/a";
  if (duration.value == 0) return "0 s";
  return in_scale(duration.value, kDurations);
}

std::string format_count(double count) { return in_scale(count, kCounts); }

}  // namespace outagesim

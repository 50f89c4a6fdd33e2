#include "models/base/utc_time.h"

#include <array>
#include <cassert>
#include <charconv>
#include <chrono>
#include <optional>

#include "models/base/text.h"

namespace outagesim {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day calendar_day(CivilDate date) {
  return {std::chrono::year(date.year), std::chrono::month(date.month),
          std::chrono::day(date.day)};
}

std::string digits(std::int64_t value, size_t count) {
  std::string text = std::to_string(value < 0 ? -value : value);
  if (text.size() < count) text.insert(0, count - text.size(), '0');
  return (value < 0 ? "-" : "") + text;
}

// The numbers of a text that matches a pattern of digits ('0') and literals.
std::optional<std::array<int, 6>> match(std::string_view text,
                                        std::string_view pattern) {
  if (text.size() != pattern.size()) return std::nullopt;
  std::array<int, 6> numbers{};
  size_t field = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (is_digit != (pattern[i] == '0')) return std::nullopt;
    if (is_digit) numbers[field] = numbers[field] * 10 + (text[i] - '0');
    if (!is_digit && text[i] != pattern[i]) return std::nullopt;
    if (!is_digit) ++field;
  }
  return numbers;
}

}  // namespace

bool exists(CivilDate date) { return calendar_day(date).ok(); }

UtcTime utc_time(CivilDate date, int hour, int minute, int second) {
  assert(exists(date) && "a date of the calendar");
  const std::int64_t day =
      sys_days(calendar_day(date)).time_since_epoch().count();
  const std::int64_t minutes = day * 1440 + std::int64_t{hour} * 60 + minute;
  return {minutes * 60 + second};
}

std::string to_text(UtcTime time) {
  const auto moment =
      std::chrono::sys_seconds(std::chrono::seconds(time.seconds));
  const auto midnight = std::chrono::floor<days>(moment);
  const year_month_day day(midnight);
  const std::int64_t second = (moment - midnight).count();
  return digits(static_cast<int>(day.year()), 4) + '-' +
         digits(static_cast<unsigned>(day.month()), 2) + '-' +
         digits(static_cast<unsigned>(day.day()), 2) + 'T' +
         digits(second / 3600, 2) + ':' + digits(second / 60 % 60, 2) + ':' +
         digits(second % 60, 2) + 'Z';
}

Parsed<UtcTime> parse_utc_time(std::string_view text) {
  auto parts = match(text, "0000-00-00T00:00:00Z");
  if (!parts) parts = match(text, "0000-00-00T00:00Z");
  const auto [year, month, day, hour, minute, second] =
      parts.value_or(std::array<int, 6>{});
  const CivilDate date{year, static_cast<unsigned>(month),
                       static_cast<unsigned>(day)};
  const bool is_time = hour < 24 && minute < 60 && second < 60;
  if (!parts || !exists(date) || !is_time) {
    return not_parsed<UtcTime>(
        "expected a time such as \"2024-12-26T18:40:00Z\", found \"" +
        truncate(text, 40) + '"');
  }
  return parsed(utc_time(date, hour, minute, second));
}

}  // namespace outagesim

// A moment on the world's clock: whole seconds since 1970-01-01T00:00:00Z,
// leap seconds not counted. Simulated time is Seconds since the scenario's
// start; this is where that start stands.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "models/base/parsed.h"

namespace outagesim {

struct UtcTime {
  std::int64_t seconds = 0;
  friend constexpr auto operator<=>(UtcTime, UtcTime) = default;
};

// "2024-12-26T18:40:00Z". Any year that 64 bits of seconds can mean within
// -32767 to 32767.
std::string to_text(UtcTime time);

// Reads what to_text writes; also without seconds: "2024-12-26T18:40Z".
Parsed<UtcTime> parse_utc_time(std::string_view text);

// Precondition: a date that exists, hour 0 to 23, minute and second 0 to 59.
struct CivilDate {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
};
UtcTime utc_time(CivilDate date, int hour = 0, int minute = 0, int second = 0);

// Whether the calendar has this day.
bool exists(CivilDate date);

}  // namespace outagesim

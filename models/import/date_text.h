// Moments as incident logs write them: ISO 8601 with or without an offset,
// "2024-12-26 18:40", "26.12.2024 18:40", "12/26/2024 6:40 PM", "Dec 26, 2024
// 18:40", "26 Dec 2024", Unix seconds or milliseconds. What has no offset of
// its own is local time of a zone that the reader states.
#pragma once

#include <string_view>

#include "models/base/parsed.h"
#include "models/base/utc_time.h"
#include "models/parts/calendar.h"

namespace outagesim {

// What "03/04/2024" means.
enum class DateOrder { kUnknown, kMonthFirst, kDayFirst };

struct DateReading {
  TimeZone zone;  // of moments without an offset
  DateOrder order = DateOrder::kUnknown;
  // A local time that occurs twice when clocks are put back is the second of
  // the two.
  bool second = false;
};

// Fractions of a second are dropped. Offsets may be named: UTC, the American
// names of RFC 5322 (EST … PDT), CET, CEST and the like that mean one thing. A
// local time that occurs twice when clocks are put back is the first of the
// two, unless asked otherwise; one that is skipped is taken an hour later.
// Slashes need an order unless one of the numbers is above 12.
Parsed<UtcTime> parse_moment(std::string_view text, const DateReading& reading);

}  // namespace outagesim

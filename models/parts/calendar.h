// The rhythm of a week, in local time: how busy each hour and each weekday is,
// and what that makes of every hour of a simulated horizon. Time zones come
// from the system's database, daylight saving included, and are turned into
// plain values at the door.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/parsed.h"
#include "models/base/units.h"
#include "models/base/utc_time.h"

namespace outagesim {

// Activity relative to the mean. The factor of an hour is the product of the
// two, so that its mean over a week is 1 when each has mean 1.
struct WeekProfile {
  std::array<double, 24> hours = flat<24>();   // local hour of the day
  std::array<double, 7> weekdays = flat<7>();  // Monday first

  bool operator==(const WeekProfile&) const = default;

 private:
  template <size_t Count>
  static constexpr std::array<double, Count> flat() {
    std::array<double, Count> ones{};
    ones.fill(1);
    return ones;
  }
};

// Scaled so that hours and weekdays each have mean 1. Precondition: values
// finite and >= 0, and in each a value above 0.
WeekProfile normalised(WeekProfile profile);

// A time zone's offsets from UTC. After the last change the last offset stays;
// Debian's database reaches 2037.
struct TimeZone {
  struct Offset {
    UtcTime from;
    std::int64_t seconds = 0;  // local minus UTC
  };
  std::string name = "UTC";
  std::vector<Offset> offsets = {{}};  // ascending; the first holds before too
};

// "Asia/Riyadh" from the system's database, from 1970 to 2100; "UTC" and
// "+03:00" without it. The error suggests the closest name. About 50 µs; the
// first call reads the list of zones, 10 ms.
Parsed<TimeZone> find_zone(std::string_view name);

// Local minus UTC. O(log offsets).
Seconds offset_at(const TimeZone& zone, UtcTime time);

// Local hours since Monday 00:00, in [0, 168).
double hour_of_week(const TimeZone& zone, UtcTime time);

// The profile's factor at a moment.
double factor_at(const WeekProfile& profile, const TimeZone& zone,
                 UtcTime time);

// One factor for each hour [start + i h, start + (i + 1) h) of the horizon, the
// last one begun counting whole: the average over that hour, which may touch
// two hours of the local clock. Precondition: 0 <= horizon <= 1000 years.
// A year takes about 0.2 ms.
std::vector<double> hourly_factors(const WeekProfile& profile,
                                   const TimeZone& zone, UtcTime start,
                                   Seconds horizon);

}  // namespace outagesim

#include "models/compiled/clock_book.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace outagesim {
namespace {

constexpr double kHoursPerDay = 24;
constexpr double kSaturday = 5 * kHoursPerDay;  // hours since Monday 0:00

// `hour` counts from Monday 0:00. A turn past midnight belongs to its evening.
bool is_on_call(const OnCall& on_call, double hour) {
  const double day = std::floor(hour / kHoursPerDay) * kHoursPerDay;
  const double of_day = hour - day;
  const bool works_today = on_call.weekends || day < kSaturday;
  const double yesterday = day == 0 ? 6 * kHoursPerDay : day - kHoursPerDay;
  const bool worked_yesterday = on_call.weekends || yesterday < kSaturday;
  if (on_call.from_hour < on_call.to_hour) {
    const double until = std::max(0.0, on_call.to_hour - kHoursPerDay);
    return (works_today && on_call.from_hour <= of_day &&
            of_day < on_call.to_hour) ||
           (worked_yesterday && of_day < until);
  }
  return (works_today && of_day >= on_call.from_hour) ||
         (worked_yesterday && of_day < on_call.to_hour);
}

UtcTime later(UtcTime time, Seconds by) {
  return {time.seconds + static_cast<std::int64_t>(by.value)};
}

}  // namespace

std::uint32_t ClockBook::of_profile(const std::optional<Reference>& profile,
                                    const std::string& zone) {
  if (!profile) {
    return kNone;
  }
  const auto [known, is_new] =
      of_profile_and_zone_.try_emplace(profile->name + '\n' + zone, kNone);
  if (is_new) {
    const auto found = std::ranges::find(scenario_.profiles, profile->name,
                                         &NamedProfile::name);
    assert(found != scenario_.profiles.end() && "the loader resolves names");
    const TimeZone& where = zone_named(zone);
    const Seconds origin = origin_in(where);
    known->second =
        keep(hourly_factors(found->week, where, later(scenario_.start, origin),
                            scenario_.horizon - origin),
             origin);
  }
  return known->second;
}

std::uint32_t ClockBook::of_on_call(const OnCall& on_call) {
  const TimeZone& zone = zone_named(on_call.zone);
  const Seconds origin = origin_in(zone);
  const UtcTime first = later(scenario_.start, origin);
  const auto hours = static_cast<std::size_t>(
      std::max(1.0, std::ceil((scenario_.horizon - origin) / kHour)));
  std::vector<double> factor(hours);
  for (std::size_t i = 0; i < hours; ++i) {
    const auto middle = static_cast<std::int64_t>(i) * 3600 + 1800;
    const UtcTime at{first.seconds + middle};
    factor[i] = is_on_call(on_call, hour_of_week(zone, at)) ? 1 : 0;
  }
  return keep(std::move(factor), origin);
}

const TimeZone& ClockBook::zone_named(const std::string& name) {
  const auto [known, is_new] = zones_.try_emplace(name);
  if (is_new) {
    const Parsed<TimeZone> zone = find_zone(name);
    assert(zone && "the loader checks zones");
    known->second = *zone;
  }
  return known->second;
}

// The full local hour at or before the model's beginning.
Seconds ClockBook::origin_in(const TimeZone& zone) const {
  const Seconds begins{std::floor(begins_.value)};
  const double hour = hour_of_week(zone, later(scenario_.start, begins));
  return begins - Seconds{std::round((hour - std::floor(hour)) * kHour.value)};
}

std::uint32_t ClockBook::keep(std::vector<double> factor, Seconds origin) {
  if (factor.empty()) {
    factor.push_back(1);
  }
  const auto found = std::ranges::find_if(clocks_, [&](const Clock& clock) {
    return clock.origin == origin && clock.factor == factor;
  });
  const auto index = static_cast<std::uint32_t>(found - clocks_.begin());
  if (found == clocks_.end()) {
    clocks_.push_back(make_clock(std::move(factor), origin));
  }
  return index;
}

}  // namespace outagesim

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/compiled/plan.h"

namespace outagesim {
namespace {

constexpr double kHourLength = 3600;

std::size_t hour_of(const Clock& clock, Seconds t) {
  const double hour = std::floor((t - clock.origin).value / kHourLength);
  const auto last = static_cast<double>(clock.factor.size() - 1);
  return static_cast<std::size_t>(std::clamp(hour, 0.0, last));
}

}  // namespace

Clock make_clock(std::vector<double> factor, Seconds origin) {
  assert(!factor.empty() && "a clock has at least one hour");
  Clock clock{std::move(factor), {0}, origin};
  clock.cumulative.reserve(clock.factor.size() + 1);
  for (const double each : clock.factor) {
    clock.cumulative.push_back(clock.cumulative.back() + each * kHourLength);
  }
  return clock;
}

Seconds next_hour(const Clock& clock, Seconds t) {
  const double hours = std::floor((t - clock.origin).value / kHourLength);
  return clock.origin + Seconds{(hours + 1) * kHourLength};
}

double factor_at(const Clock& clock, Seconds t) {
  return clock.factor[hour_of(clock, t)];
}

Seconds operational_time(const Clock& clock, Seconds real) {
  const std::size_t hour = hour_of(clock, real);
  const double into =
      (real - clock.origin).value - static_cast<double>(hour) * kHourLength;
  return {clock.cumulative[hour] + clock.factor[hour] * into};
}

Seconds real_time(const Clock& clock, Seconds operational) {
  // The first hour by whose end the target is reached; else the last.
  const auto ends = clock.cumulative.begin() + 1;
  const auto end =
      std::lower_bound(ends, clock.cumulative.end() - 1, operational.value);
  const auto hour = static_cast<std::size_t>(end - ends);
  const double left = operational.value - clock.cumulative[hour];
  const double into = left == 0 ? 0 : left / clock.factor[hour];
  return clock.origin + Seconds{static_cast<double>(hour) * kHourLength + into};
}

}  // namespace outagesim

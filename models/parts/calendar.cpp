#include "models/parts/calendar.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace outagesim {
namespace {

constexpr std::int64_t kSecondsPerHour = 3600;
constexpr std::int64_t kSecondsPerWeek = kSecondsPerHour * 24 * 7;
// 1970-01-01 was a Thursday.
constexpr std::int64_t kMondayBeforeEpoch = kSecondsPerHour * 24 * -3;

template <size_t Count>
void scale_to_mean_one(std::array<double, Count>& values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  assert(sum > 0 && "a profile is busy at some time");
  for (double& value : values) value *= static_cast<double>(Count) / sum;
}

size_t offset_index(const TimeZone& zone, UtcTime time) {
  const auto after = std::upper_bound(
      zone.offsets.begin(), zone.offsets.end(), time,
      [](UtcTime t, const TimeZone::Offset& o) { return t < o.from; });
  const auto index = static_cast<size_t>(after - zone.offsets.begin());
  return index == 0 ? 0 : index - 1;
}

std::int64_t second_of_week(std::int64_t local) {
  const std::int64_t since = (local - kMondayBeforeEpoch) % kSecondsPerWeek;
  return since < 0 ? since + kSecondsPerWeek : since;
}

double factor_of(const WeekProfile& profile, std::int64_t local) {
  const auto hour =
      static_cast<size_t>(second_of_week(local) / kSecondsPerHour);
  return profile.weekdays[hour / 24] * profile.hours[hour % 24];
}

// Local time, asked for at moments that only move forward.
class LocalClock {
 public:
  LocalClock(const TimeZone& zone, UtcTime start)
      : offsets_(zone.offsets), index_(offset_index(zone, start)) {}

  std::int64_t at(std::int64_t utc) {
    while (index_ + 1 < offsets_.size() &&
           offsets_[index_ + 1].from.seconds <= utc) {
      ++index_;
    }
    return utc + offsets_[index_].seconds;
  }

 private:
  const std::vector<TimeZone::Offset>& offsets_;
  size_t index_;
};

}  // namespace

WeekProfile normalised(WeekProfile profile) {
  scale_to_mean_one(profile.hours);
  scale_to_mean_one(profile.weekdays);
  return profile;
}

Seconds offset_at(const TimeZone& zone, UtcTime time) {
  const size_t index = offset_index(zone, time);
  return {static_cast<double>(zone.offsets[index].seconds)};
}

double hour_of_week(const TimeZone& zone, UtcTime time) {
  const std::int64_t offset = zone.offsets[offset_index(zone, time)].seconds;
  return static_cast<double>(second_of_week(time.seconds + offset)) /
         static_cast<double>(kSecondsPerHour);
}

double factor_at(const WeekProfile& profile, const TimeZone& zone,
                 UtcTime time) {
  const std::int64_t offset = zone.offsets[offset_index(zone, time)].seconds;
  return factor_of(profile, time.seconds + offset);
}

std::vector<double> hourly_factors(const WeekProfile& profile,
                                   const TimeZone& zone, UtcTime start,
                                   Seconds horizon) {
  assert(horizon >= Seconds{0} && horizon <= 366'000 * kDay && "bounded");
  const auto count = static_cast<std::int64_t>(std::ceil(horizon / kHour));
  LocalClock clock(zone, start);
  std::vector<double> factors;
  factors.reserve(static_cast<size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t utc = start.seconds + i * kSecondsPerHour;
    const std::int64_t local = clock.at(utc);
    const std::int64_t past = second_of_week(local) % kSecondsPerHour;
    double factor = factor_of(profile, local);
    if (past > 0) {
      // The local hour turns within this one: weigh the two by their length.
      const double second =
          factor_of(profile, clock.at(utc + kSecondsPerHour - past));
      const double share =
          static_cast<double>(past) / static_cast<double>(kSecondsPerHour);
      factor += share * (second - factor);
    }
    factors.push_back(factor);
  }
  return factors;
}

}  // namespace outagesim

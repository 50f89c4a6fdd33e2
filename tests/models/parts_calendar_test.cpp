#include "models/parts/calendar.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace outagesim {
namespace {

TimeZone zone(const char* name) {
  const auto found = find_zone(name);
  EXPECT_TRUE(found) << found.error;
  return found ? *found : TimeZone{};
}

// Hour h of the day has factor h, weekdays 1; not normalised, to be legible.
WeekProfile clock_face() {
  WeekProfile profile;
  std::iota(profile.hours.begin(), profile.hours.end(), 0.0);
  return profile;
}

TEST(UtcTime, ReadsAndWritesIso) {
  EXPECT_EQ(to_text(UtcTime{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_text(UtcTime{1735238400}), "2024-12-26T18:40:00Z");
  EXPECT_EQ(to_text(UtcTime{-1}), "1969-12-31T23:59:59Z");
  EXPECT_EQ(parse_utc_time("2024-12-26T18:40:00Z")->seconds, 1735238400);
  EXPECT_EQ(parse_utc_time("2024-12-26T18:40Z")->seconds, 1735238400);
  EXPECT_EQ(parse_utc_time("2024-02-29T00:00:00Z")->seconds, 1709164800);
}

TEST(UtcTime, RefusesWhatTheCalendarLacks) {
  EXPECT_EQ(parse_utc_time("2023-02-29T00:00:00Z").error,
            "expected a time such as \"2024-12-26T18:40:00Z\", found "
            "\"2023-02-29T00:00:00Z\"");
  for (const char* text : {"", "2024-12-26", "2024-12-26T24:00:00Z",
                           "2024-13-01T00:00:00Z", "2024-12-26 18:40:00Z",
                           "2024-12-26T18:40:60Z", "x024-12-26T18:40:00Z"}) {
    EXPECT_FALSE(parse_utc_time(text)) << text;
  }
}

TEST(WeekProfile, IsFlatUnlessSaid) {
  const WeekProfile flat;
  EXPECT_EQ(normalised(flat), flat);
}

TEST(WeekProfile, IsNormalisedToAMeanOfOneOverAWeek) {
  WeekProfile profile = clock_face();
  profile.weekdays = {5, 5, 5, 5, 5, 1, 2};
  const std::vector<double> week = hourly_factors(
      normalised(profile), zone("Asia/Riyadh"), {1735238400}, 7 * kDay);
  ASSERT_EQ(week.size(), 168U);
  EXPECT_NEAR(std::accumulate(week.begin(), week.end(), 0.0) / 168, 1, 1e-14);
}

TEST(HourOfWeek, BeginsOnMondayAtMidnight) {
  EXPECT_EQ(hour_of_week(TimeZone{}, utc_time({2024, 12, 23})), 0);
  EXPECT_EQ(hour_of_week(TimeZone{}, utc_time({2024, 12, 26}, 18, 30)), 90.5);
  EXPECT_EQ(hour_of_week(TimeZone{}, utc_time({1969, 12, 29})), 0);
  EXPECT_EQ(hour_of_week(zone("+03:00"), utc_time({2024, 12, 22}, 22)), 1);
}

TEST(FindZone, KnowsTheOffsetsOfTheWorld) {
  const UtcTime winter = utc_time({2024, 12, 26});
  const UtcTime summer = utc_time({2024, 7, 1});
  EXPECT_EQ(offset_at(zone("UTC"), winter), 0 * kHour);
  EXPECT_EQ(offset_at(zone("+03:00"), winter), 3 * kHour);
  EXPECT_EQ(offset_at(zone("-05:30"), winter), -5.5 * kHour);
  EXPECT_EQ(offset_at(zone("Asia/Riyadh"), winter), 3 * kHour);
  EXPECT_EQ(offset_at(zone("Asia/Kathmandu"), winter), 5.75 * kHour);
  EXPECT_EQ(offset_at(zone("America/Los_Angeles"), winter), -8 * kHour);
  EXPECT_EQ(offset_at(zone("America/Los_Angeles"), summer), -7 * kHour);
}

TEST(FindZone, ChangesOffsetAtTheSecond) {
  // Europe changed to summer time on 31 March 2024 at 01:00 UTC.
  const TimeZone berlin = zone("Europe/Berlin");
  const UtcTime change = utc_time({2024, 3, 31}, 1);
  EXPECT_EQ(offset_at(berlin, {change.seconds - 1}), kHour);
  EXPECT_EQ(offset_at(berlin, change), 2 * kHour);
}

TEST(FindZone, SuggestsTheClosestName) {
  EXPECT_EQ(find_zone("Asia/Ryadh").error,
            "there is no time zone \"Asia/Ryadh\" (did you mean "
            "\"Asia/Riyadh\"?); write \"Asia/Riyadh\", \"UTC\" or \"+03:00\"");
  for (const char* name : {"", "+3", "+15:00", "+03:60", "../passwd"}) {
    EXPECT_FALSE(find_zone(name)) << name;
  }
}

TEST(HourlyFactors, FollowTheLocalClock) {
  const std::vector<double> factors =
      hourly_factors(clock_face(), zone("Asia/Riyadh"),
                     utc_time({2024, 12, 26}, 18), Seconds{4.5 * 3600});
  EXPECT_EQ(factors, (std::vector<double>{21, 22, 23, 0, 1}));
}

TEST(HourlyFactors, AverageTheTwoLocalHoursTheyTouch) {
  const std::vector<double> factors = hourly_factors(
      clock_face(), TimeZone{}, utc_time({2024, 12, 26}, 18, 40), 2 * kHour);
  ASSERT_EQ(factors.size(), 2U);
  EXPECT_DOUBLE_EQ(factors[0], (20 * 18 + 40 * 19) / 60.0);
  EXPECT_DOUBLE_EQ(factors[1], (20 * 19 + 40 * 20) / 60.0);
}

TEST(HourlyFactors, SkipAnHourInSpringAndRepeatOneInAutumn) {
  const TimeZone berlin = zone("Europe/Berlin");
  EXPECT_EQ(
      hourly_factors(clock_face(), berlin, utc_time({2024, 3, 31}), 3 * kHour),
      (std::vector<double>{1, 3, 4}));
  EXPECT_EQ(
      hourly_factors(clock_face(), berlin, utc_time({2024, 10, 27}), 3 * kHour),
      (std::vector<double>{2, 2, 3}));
}

TEST(HourlyFactors, KnowTheWeekday) {
  WeekProfile profile;
  profile.weekdays = {0, 1, 2, 3, 4, 5, 6};
  const std::vector<double> factors = hourly_factors(
      profile, zone("Asia/Tokyo"), utc_time({2024, 12, 26}, 14), 2 * kHour);
  EXPECT_EQ(factors, (std::vector<double>{3, 4}));  // Thursday, then Friday
}

TEST(HourlyFactors, AgreeWithAskingEachMoment) {
  const WeekProfile profile = clock_face();
  const TimeZone havana = zone("America/Havana");
  const UtcTime start = utc_time({2024, 1, 1});
  const std::vector<double> year =
      hourly_factors(profile, havana, start, 366 * kDay);
  ASSERT_EQ(year.size(), 8784U);
  for (size_t i = 0; i < year.size(); ++i) {
    const UtcTime at{start.seconds + 3600 * static_cast<std::int64_t>(i)};
    ASSERT_EQ(year[i], factor_at(profile, havana, at)) << to_text(at);
  }
}

TEST(HourlyFactors, AreEmptyWithoutAHorizon) {
  EXPECT_TRUE(hourly_factors({}, TimeZone{}, {0}, Seconds{0}).empty());
}

}  // namespace
}  // namespace outagesim

// The only place that knows the time-zone library.
#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "models/base/text.h"
#include "models/parts/calendar.h"

namespace outagesim {
namespace {

constexpr UtcTime kFrom{0};            // 1970
constexpr UtcTime kTo{4'102'444'800};  // 2100

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "+03:00" and "-05:30".
std::optional<std::int64_t> fixed_offset(std::string_view name) {
  if (name.size() != 6 || (name[0] != '+' && name[0] != '-')) return {};
  if (!is_digit(name[1]) || !is_digit(name[2]) || name[3] != ':') return {};
  if (!is_digit(name[4]) || !is_digit(name[5])) return {};
  const int hours = (name[1] - '0') * 10 + (name[2] - '0');
  const int minutes = (name[4] - '0') * 10 + (name[5] - '0');
  if (hours > 14 || minutes > 59) return {};
  const std::int64_t seconds = hours * 3600 + minutes * 60;
  return name[0] == '-' ? -seconds : seconds;
}

TimeZone read_zone(const date::time_zone& source) {
  TimeZone zone;
  zone.name = source.name();
  zone.offsets.clear();
  for (std::int64_t at = kFrom.seconds; at < kTo.seconds;) {
    const date::sys_info info =
        source.get_info(date::sys_seconds(std::chrono::seconds(at)));
    const std::int64_t offset = info.offset.count();
    if (zone.offsets.empty() || zone.offsets.back().seconds != offset) {
      zone.offsets.push_back({UtcTime{at}, offset});
    }
    at = info.end.time_since_epoch().count();
  }
  return zone;
}

Parsed<TimeZone> no_such_zone(std::string_view name,
                              const std::vector<date::time_zone>& zones) {
  std::vector<std::string_view> names = {"UTC"};
  for (const date::time_zone& zone : zones) names.push_back(zone.name());
  std::string error = "there is no time zone \"" + truncate(name, 40) + '"';
  if (const auto meant = closest_match(name, names)) {
    error += " (did you mean \"" + *meant + "\"?)";
  }
  return not_parsed<TimeZone>(error +
                              R"(; write "Asia/Riyadh", "UTC" or "+03:00")");
}

}  // namespace

Parsed<TimeZone> find_zone(std::string_view name) {
  if (name == "UTC") return parsed(TimeZone{});
  if (const auto seconds = fixed_offset(name)) {
    return parsed(TimeZone{std::string(name), {{UtcTime{}, *seconds}}});
  }
  // Asked for its list, the library throws if there is no database.
  if (!std::filesystem::is_directory("/usr/share/zoneinfo")) {
    return not_parsed<TimeZone>(
        "this system has no time-zone database (package tzdata); "
        R"(write "UTC" or an offset such as "+03:00")");
  }
  const std::vector<date::time_zone>& zones = date::get_tzdb().zones;
  const auto zone = std::ranges::find_if(
      zones, [name](const auto& z) { return z.name() == name; });
  if (zone == zones.end()) return no_such_zone(name, zones);
  return parsed(read_zone(*zone));
}

}  // namespace outagesim

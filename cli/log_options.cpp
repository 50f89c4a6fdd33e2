#include "cli/log_options.h"

#include <algorithm>

#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

[[noreturn]] void refuse(std::string_view option, const std::string& why) {
  throw UsageError("--" + std::string(option) + ": " + why);
}

void add_column(const std::string& text, LogOptions& options) {
  const auto sign = text.find('=');
  if (sign == std::string::npos) {
    refuse("column", "expected ROLE=NAME, found \"" + printable(text) + "\"");
  }
  const std::string role = text.substr(0, sign);
  std::vector<std::string> known{"services"};
  for (std::size_t i = 0; i < kLogMoments; ++i) {
    known.emplace_back(log_moment_name(static_cast<LogMoment>(i)));
  }
  if (std::ranges::find(known, role) == known.end()) {
    const auto close = closest_match(role, known);
    refuse("column",
           "there is no role \"" + printable(role) + "\"; " +
               (close ? "did you mean \"" + *close + "\"?"
                      : "expected start, detected, engaged, identified, "
                        "mitigated, end or services"));
  }
  options.columns[role] = text.substr(sign + 1);
}

LogFilter filter_of(const std::string& text) {
  const auto sign = text.find('=');
  if (sign == std::string::npos || sign == 0) {
    refuse("where", "expected COLUMN=VALUE or COLUMN!=VALUE, found \"" +
                        printable(text) + "\"");
  }
  const bool equal = text[sign - 1] != '!';
  return {text.substr(0, equal ? sign : sign - 1), text.substr(sign + 1),
          equal};
}

DateOrder date_order(const Arguments& arguments) {
  const auto text = arguments.value("date-order");
  if (!text) return DateOrder::kUnknown;
  if (*text == "dmy") return DateOrder::kDayFirst;
  if (*text == "mdy") return DateOrder::kMonthFirst;
  refuse("date-order",
         "expected dmy or mdy, found \"" + printable(*text) + "\"");
}

LogOptions log_options(const Arguments& arguments) {
  LogOptions options;
  for (const std::string& text : arguments.values("column")) {
    add_column(text, options);
  }
  for (const std::string& text : arguments.values("where")) {
    options.filters.push_back(filter_of(text));
  }
  if (const auto split = arguments.value("split")) options.split = *split;
  options.find_split = !arguments.has("split");
  options.dates.zone = zone_option(arguments, "zone");
  options.dates.order = date_order(arguments);
  options.services = arguments.values("service");
  options.from = moment_option(arguments, "since");
  options.until = moment_option(arguments, "until");
  return options;
}

}  // namespace

std::vector<OptionInfo> with_log_options(std::vector<OptionInfo> own) {
  std::vector<OptionInfo> all{
      {"column", "ROLE=NAME",
       "which column is start, end, services, detected, engaged, identified "
       "or mitigated; repeatable",
       "found by usual names", true},
      {"service", "NAME", "only this service; repeatable", "all", true},
      {"where",
       "COLUMN=VALUE",
       "only rows with this value, or with COLUMN!=VALUE; repeatable",
       {},
       true},
      {"split", "CHARACTERS", "what separates services in one field",
       ";| and what joins names that stand alone elsewhere"},
      {"zone", "ZONE", "of dates without an offset, in the file and in options",
       "UTC"},
      {"date-order", "dmy|mdy", "what 03/04/2024 means"},
      {"since", "DATE", "only incidents that began then or later"},
      {"until", "DATE", "only incidents that began before; the watch ends then",
       "the last moment in the file"},
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

LogSeverity severity_of(const std::string& text) {
  const auto colon = text.find(':');
  LogSeverity severity{text.substr(0, colon), {}};
  std::string_view rest;
  if (colon != std::string::npos) rest = std::string_view(text).substr(colon);
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the colon or a comma
    const std::string_view one = rest.substr(0, rest.find(','));
    rest.remove_prefix(one.size());
    const auto sign = one.find('=');
    if (sign == std::string_view::npos) {
      refuse("severity",
             "expected VALUE=SHARE, found \"" + printable(one) + "\"");
    }
    const Parsed<Probability> share = parse_probability(one.substr(sign + 1));
    if (!share) refuse("severity", share.error);
    severity.shares[std::string(one.substr(0, sign))] = share->value;
  }
  if (severity.column.empty() || severity.shares.empty()) {
    refuse("severity",
           "expected COLUMN:VALUE=SHARE,…, found \"" + printable(text) + "\"");
  }
  return severity;
}

IncidentLog read_log(const Arguments& arguments,
                     std::optional<LogSeverity> severity) {
  LogOptions options = log_options(arguments);
  options.severity = std::move(severity);
  const std::string& path = arguments.operands().front();
  Parsed<std::string> text = read_text_file(path);
  if (!text) {
    throw InputError(Mistake{.at = {make_source_file(path, ""), 0, 0},
                             .message = text.error,
                             .hint = {}});
  }
  IncidentLog log = read_incident_log(
      make_source_file(path, *std::move(text.value)), options);
  if (log.incidents.empty()) {
    throw UsageError("\"" + printable(path) + "\": none of " +
                     std::to_string(log.rows) +
                     " rows is left; see --where, --service, --since, --until "
                     "and --split");
  }
  return log;
}

TimeZone zone_option(const Arguments& arguments, std::string_view option) {
  const auto text = arguments.value(option);
  if (!text) return {};
  const Parsed<TimeZone> zone = find_zone(*text);
  if (!zone) refuse(option, zone.error);
  return *zone;
}

std::optional<Seconds> duration_option(const Arguments& arguments,
                                       std::string_view option) {
  const auto text = arguments.value(option);
  if (!text) return std::nullopt;
  const Parsed<Seconds> duration = parse_seconds(*text);
  if (!duration) refuse(option, duration.error);
  if (!(*duration > Seconds{0})) refuse(option, "expected more than 0 s");
  return *duration;
}

std::optional<UtcTime> moment_option(const Arguments& arguments,
                                     std::string_view option) {
  const auto text = arguments.value(option);
  if (!text) return std::nullopt;
  const Parsed<UtcTime> moment = parse_moment(
      *text, {zone_option(arguments, "zone"), date_order(arguments), false});
  if (!moment) refuse(option, moment.error);
  return *moment;
}

}  // namespace outagesim

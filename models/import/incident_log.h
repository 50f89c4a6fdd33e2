// A history of incidents, read from a CSV file whose columns are found by
// name: when each began and ended, what it hit, and the moments in between.
// What is left out is counted by reason, and nothing else is left out.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/base/utc_time.h"
#include "models/import/date_text.h"

namespace outagesim {

// The moments of an incident, in the order in which they come.
enum class LogMoment : std::uint8_t {
  kStart,
  kDetected,
  kEngaged,
  kIdentified,
  kMitigated,
  kEnd
};
inline constexpr std::size_t kLogMoments = 6;
// "start", "detected", …: what --column calls it.
std::string_view log_moment_name(LogMoment moment);

// A row is kept if the column has the value, or has it not.
struct LogFilter {
  std::string column;
  std::string value;
  bool equal = true;
};

// What a column says of how much an incident takes of what it hits.
struct LogSeverity {
  std::string column;
  std::map<std::string, double, std::less<>> shares;  // by value, 0 … 1
};

struct LogOptions {
  std::map<std::string, std::string> columns;  // role → name in the file
  std::string split = ";|";  // what separates services in one field
  // Whether another character separates them too where it joins names that
  // stand alone elsewhere in the file.
  bool find_split = false;
  DateReading dates;
  std::vector<LogFilter> filters;
  std::optional<LogSeverity> severity;
  std::vector<std::string> services;  // only these; empty: all
  std::optional<UtcTime> from;        // began at or after
  std::optional<UtcTime> until;       // began before; the watch ends then
};

struct LoggedIncident {
  std::array<std::optional<UtcTime>, kLogMoments> moments;
  std::vector<std::uint32_t> services;  // into IncidentLog::services, ascending
  std::uint32_t line = 0;
  double severity = 1;  // share taken of what it hits

  UtcTime start() const { return *moments[0]; }
  std::optional<UtcTime> end() const { return moments[kLogMoments - 1]; }
};

struct IncidentLog {
  std::vector<std::string> services;
  std::vector<LoggedIncident> incidents;         // by start
  std::array<std::string, kLogMoments> columns;  // found; empty: none
  UtcTime watched_until;  // as asked for, or the latest moment in the file
  std::vector<LogFilter> filters;  // as asked for
  std::string split_found;         // characters that were not asked for
  std::string split_example;       // "api web", which they separate
  std::uint64_t rows = 0;
  std::uint64_t filtered = 0;       // by --where
  std::uint64_t other_service = 0;  // by --service, or without any
  std::uint64_t other_time = 0;     // by --since and --until
  // Local times that occur twice when clocks are put back: read as the first,
  // or as the second where the incident would end before it begins.
  std::uint64_t twice = 0;
};

// Throws InputError with all mistakes, each with its line: no such column, a
// date that cannot be read, an end before its start. About 1 µs a row.
IncidentLog read_incident_log(std::shared_ptr<const SourceFile> file,
                              const LogOptions& options);

}  // namespace outagesim

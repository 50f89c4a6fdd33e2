// The options of commands that read a history of incidents, in one place.
#pragma once

#include <vector>

#include "cli/arguments.h"
#include "models/import/incident_log.h"

namespace outagesim {

// Those options, followed by those of the command itself.
std::vector<OptionInfo> with_log_options(std::vector<OptionInfo> own);

// Reads the file that the first operand names. Throws UsageError, InputError.
// At least one incident is kept.
IncidentLog read_log(const Arguments& arguments,
                     std::optional<LogSeverity> severity = std::nullopt);

// What --severity says: "impact:1=10 %,2=50 %,3=100 %". Throws UsageError.
LogSeverity severity_of(const std::string& text);

// A zone's or a duration's option. Throws UsageError.
TimeZone zone_option(const Arguments& arguments, std::string_view option);
std::optional<Seconds> duration_option(const Arguments& arguments,
                                       std::string_view option);
std::optional<UtcTime> moment_option(const Arguments& arguments,
                                     std::string_view option);

}  // namespace outagesim

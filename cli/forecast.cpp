// outagesim forecast: the days to come, from a history of incidents.
#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/log_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "viz/forecast_report.h"
#include "viz/output_files.h"

namespace outagesim {
namespace {

ForecastOptions read_options(const Arguments& arguments) {
  ForecastOptions options;
  options.longest = duration_option(arguments, "longest");
  if (const auto text = arguments.value("days")) {
    const auto days = whole_number("days", *text, 1, 3650);
    options.window = Seconds{86400.0 * static_cast<double>(days)};
  }
  if (const auto text = arguments.value("draws")) {
    options.draws = whole_number("draws", *text, 100, 10'000'000);
  }
  if (const auto text = arguments.value("seed")) {
    options.seed = whole_number("seed", *text, 0, std::uint64_t{1} << 53);
  }
  return options;
}

// What came is known if the watch goes on to the end of the window.
std::optional<WhatCame> known_to_come(const IncidentLog& log,
                                      const std::vector<PastLength>& past,
                                      UtcTime from, Seconds window) {
  const auto end = from.seconds + static_cast<std::int64_t>(window.value);
  if (end > log.watched_until.seconds) return std::nullopt;
  return what_came(past, from, window);
}

std::vector<ServiceForecasts> of_each_service(const IncidentLog& log,
                                              UtcTime since, UtcTime until,
                                              const ForecastOptions& options) {
  constexpr std::size_t kMostServices = 20;
  std::vector<ServiceForecasts> all;
  const std::size_t n = log.services.size();
  if (n < 2 || n > kMostServices) return all;
  for (std::uint32_t s = 0; s < n; ++s) {
    all.push_back({log.services[s],
                   roll(lengths_of(log, options, s), since, until, options)});
  }
  return all;
}

// Days that nobody watched would count as days without an incident.
void expect_watched(UtcTime from, const IncidentLog& log,
                    const ForecastOptions& options) {
  const auto window = static_cast<std::int64_t>(options.window.value);
  if (from.seconds <= log.watched_until.seconds + window) return;
  throw UsageError("--from: " + to_text(from) + " is more than " +
                   to_text(options.window) + " after the end of the watch, " +
                   to_text(log.watched_until) +
                   ": what came in between is not known. Say --until if it "
                   "was watched for longer");
}

int forecast(const Arguments& arguments) {
  const ForecastOptions options = read_options(arguments);
  const IncidentLog log = read_log(arguments);
  const std::vector<PastLength> past = lengths_of(log, options);
  const UtcTime from =
      moment_option(arguments, "from").value_or(log.watched_until);
  expect_watched(from, log, options);
  const auto asked = forecast_at(past, from, options);
  if (!asked) {
    throw UsageError("the history before " + to_text(from) +
                     " is too short: a forecast needs " +
                     std::to_string(kFewestPast) +
                     " incidents with a length and " +
                     std::to_string(kFewestWindows) + " times --days");
  }
  const UtcTime since = moment_option(arguments, "rolled-since")
                            .value_or(log.incidents.front().start());
  const UtcTime until = std::min(from, log.watched_until);
  const std::vector<RolledForecast> rolled = roll(past, since, until, options);
  const ForecastStory story{log,
                            options,
                            past.size(),
                            *asked,
                            known_to_come(log, past, from, options.window),
                            rolled,
                            arguments.operands().front(),
                            of_each_service(log, since, until, options)};
  if (const auto folder = arguments.value("out")) {
    OutputFiles files(*folder);
    files.add("forecast.csv", forecast_csv(story));
    files.commit();
  }
  if (!arguments.has("quiet")) {
    print(forecast_report(story, output_style()));
  }
  return kFine;
}

}  // namespace

Command forecast_command() {
  return {
      {.name = "forecast",
       .operands = "INCIDENTS.csv",
       .summary = "Foretell incidents from their history, and score it",
       .details = "How many, how long, the longest, and the chance of one over "
                  "four hours; and how the same forecast would have fared at "
                  "each earlier month.",
       .example = "outagesim forecast incidents.csv --from 2024-12-01 "
                  "--days 30",
       .options = with_log_options(
           {{"from", "DATE", "forecast the days from then on",
             "the end of the watch"},
            {"days", "N", "how many days", "30"},
            {"longest", "DURATION",
             "leave out longer incidents (forgotten open)"},
            {"rolled-since", "DATE", "score forecasts made then or later",
             "as early as can be"},
            {"draws", "N", "samples of the days to come", "4000"},
            {"seed", "N", "of the samples", "1"},
            {"out", "DIR", "write forecast.csv there"},
            {"quiet", {}, "print nothing"}}),
       .least = 1,
       .most = 1},
      forecast};
}

}  // namespace outagesim

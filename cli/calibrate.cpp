// outagesim calibrate: laws of a scenario, fitted to a history of incidents.
#include <iostream>

#include "cli/commands.h"
#include "cli/log_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "viz/calibration_report.h"
#include "viz/output_files.h"

namespace outagesim {
namespace {

// Counted where somebody says until when it was watched, unless told otherwise.
bool open_gap(const Arguments& arguments) {
  const auto text = arguments.value("open-gap");
  if (!text) return arguments.has("until");
  if (*text == "censored") return true;
  if (*text == "out") return false;
  throw UsageError("--open-gap: expected censored or out, found \"" +
                   printable(*text) + "\"");
}

CalibrationOptions read_options(const Arguments& arguments) {
  CalibrationOptions options;
  options.longest = duration_option(arguments, "longest");
  if (const auto together = duration_option(arguments, "together")) {
    options.together = *together;
  }
  options.open_gap = open_gap(arguments);
  options.zone = zone_option(arguments, "profile-zone");
  options.profiled = arguments.has("profile-zone");
  if (const auto text = arguments.value("bootstrap")) {
    options.goodness.replicates =
        whole_number("bootstrap", *text, 0, 1'000'000);
  }
  if (const auto text = arguments.value("seed")) {
    options.goodness.seed =
        whole_number("seed", *text, 0, std::uint64_t{1} << 53);
  }
  return options;
}

int calibrate_log(const Arguments& arguments) {
  const CalibrationOptions options = read_options(arguments);
  std::optional<LogSeverity> severity;
  if (const auto text = arguments.value("severity")) {
    severity = severity_of(*text);
  }
  const IncidentLog log = read_log(arguments, severity);
  const Calibration calibration = calibrate(log, options);
  const CalibrationStory story{log,
                               options,
                               calibration,
                               arguments.operands().front(),
                               arguments.command_text(),
                               arguments.value("severity")};
  if (const auto folder = arguments.value("out")) {
    OutputFiles files(*folder);
    files.add("calibrated.toml", calibration_toml(story));
    files.add("fits.csv", fits_csv(story));
    files.add("days_together.csv", days_together_csv(story));
    files.commit();
  }
  if (!arguments.has("quiet")) {
    print(calibration_report(story, output_style()));
  }
  return kFine;
}

}  // namespace

Command calibrate_command() {
  return {
      {.name = "calibrate",
       .operands = "INCIDENTS.csv",
       .summary = "Fit a scenario's laws to a history of incidents",
       .details =
           "Times between failures and to resolve, and of each stage that has "
           "columns: exponential, Weibull, lognormal, gamma and log-logistic, "
           "chosen by AIC; hours and weekdays; what fails together.",
       .example = "outagesim calibrate incidents.csv --longest '24 h' "
                  "--profile-zone America/Los_Angeles --out calibrated",
       .options = with_log_options(
           {{"longest", "DURATION",
             "leave longer times out of fits of lengths (forgotten open)"},
            {"open-gap", "censored|out",
             "the time since each last start: seen only to be longer, or left "
             "out",
             "censored if --until says when the watch ended, else out"},
            {"severity", "COLUMN:VALUE=SHARE,…",
             "the share of a service that an incident takes, by a column of "
             "the file: impact:1=10%,2=50%,3=100%",
             "all of it"},
            {"together", "DURATION",
             "starts within it are one occasion of a common cause", "1 h"},
            {"profile-zone", "ZONE",
             "local time of hours and weekdays; puts a profile into the TOML"},
            {"bootstrap", "N",
             "samples drawn for p-values; fewer above 5,000 times, none above "
             "50,000; 0: none",
             "999"},
            {"seed", "N", "of the samples", "1"},
            {"out", "DIR",
             "write calibrated.toml, fits.csv and days_together.csv there"},
            {"quiet", {}, "print nothing"}}),
       .least = 1,
       .most = 1},
      calibrate_log};
}

}  // namespace outagesim

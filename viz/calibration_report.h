// A calibration for people and for programs: a report with the error of every
// parameter, a scenario's system file, and CSV tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/experiment/calibration.h"
#include "viz/table.h"

namespace outagesim {

// Where it comes from, as told in every output.
struct CalibrationStory {
  const IncidentLog& log;
  const CalibrationOptions& options;
  const Calibration& calibration;
  std::string file;                     // as the person wrote it
  std::string command;                  // to do it again
  std::optional<std::string> severity;  // as asked for
};

// What was read and what was left out, in lines of at most 88 columns.
std::string provenance_text(const CalibrationStory& story);

std::string calibration_report(const CalibrationStory& story,
                               const TextStyle& style);

// A system file in the scenario language: a product for each service with its
// own failures, and what strikes several at once.
std::string calibration_toml(const CalibrationStory& story);

// A row for each law that was fitted; a row for each pair of services.
std::string fits_csv(const CalibrationStory& story);
std::string days_together_csv(const CalibrationStory& story);

}  // namespace outagesim

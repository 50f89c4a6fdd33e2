// What was kept of a history of incidents, what was left out and by which
// filter, and how the file was read where it could be read in two ways: the
// same words in every report that rests on it.
#pragma once

#include <string>

#include "models/import/incident_log.h"

namespace outagesim {

// "log.csv: 744 rows, 557 incidents kept".
std::string kept_text(const std::string& file, const IncidentLog& log);

// "; 9 left out by --where impact!=4; 178 of no service asked for; …".
std::string left_out_text(const IncidentLog& log);

}  // namespace outagesim

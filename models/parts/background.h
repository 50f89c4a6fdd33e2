// Failures that happen over the years: a renewal process for a service, or a
// common cause that strikes each member of a group with its own probability
// [Fleming75].
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/distribution.h"
#include "models/parts/place.h"

namespace outagesim {

struct BackgroundFailure {
  SourcePosition at;
  Distribution time_to_failure;          // s; from the end of repair unless
  Distribution time_to_repair;           // s     start_to_start
  std::optional<Distribution> severity;  // share of health lost; absent: all
  bool start_to_start = false;       // time_to_failure runs from start to start
  bool stationary = false;           // in equilibrium at the start, not as new
  bool per_cell = false;             // each cell has a process of its own
  std::optional<Reference> profile;  // clock runs by hour and weekday
  std::string zone = "UTC";
};

struct CommonCauseMember {
  Place place;
  Probability struck{1};
};

struct CommonCause {
  std::string name;
  SourcePosition at;
  Distribution time_between;    // s, start to start
  Distribution time_to_repair;  // s
  bool shared_repair = true;    // one repair for all, or one for each member
  std::optional<Distribution> severity;
  std::vector<CommonCauseMember> members;
  bool stationary = false;
  std::optional<Reference> profile;
  std::string zone = "UTC";
};

}  // namespace outagesim

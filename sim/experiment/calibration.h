// From a history of incidents to the laws of a scenario: how long between
// failures, how long to resolve and in each stage, at which hours, and which
// services fail together. Every fit says from how much it is made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/analysis/fit_law.h"
#include "models/import/incident_log.h"
#include "models/parts/calendar.h"
#include "sim/experiment/goodness.h"
#include "sim/stats/estimate.h"
#include "sim/stats/proportion.h"

namespace outagesim {

struct CalibrationOptions {
  std::optional<Seconds> longest;  // longer times are taken for left open
  Seconds together{3600};          // starts within it are one occasion
  TimeZone zone;                   // of hours and weekdays
  bool profiled = false;  // gaps for the scenario on a clock of busy hours
  // Whether the time since the last start counts, as a gap seen only to be
  // longer. Right where the watch is known to have gone on until its end (all
  // of the likelihood of a watch of fixed length); where it ends with the last
  // moment of a file, nobody knows whether it went on.
  bool open_gap = true;
  GoodnessOptions goodness;
};

// Times in seconds, and the laws that fit them best, least AIC first; none if
// fewer than kFewestToFit have ended.
struct TimeFit {
  std::string what;          // "time to resolve"
  TimesToFit times;          // complete ones ascending
  double mean = kUndefined;  // of the complete ones
  double median = kUndefined;
  std::uint64_t zero = 0;      // left out: no length, or simultaneous starts
  std::uint64_t too_long = 0;  // left out: above `longest`
  std::vector<FittedLaw> laws;
  // Of the first; none if > 10 % censored. Above 5,000 times with fewer samples
  // than asked for, above 50,000 without.
  std::optional<Goodness> goodness;

  bool fitted() const { return !laws.empty(); }
};
inline constexpr std::size_t kFewestToFit = 10;

// Time in incidents, in seconds, from the first start to the end of the watch.
// Overlapping incidents count each.
struct TimeLost {
  double whole = 0;        // as if each took all
  double by_severity = 0;  // each by the share that it took
  double watched = 0;
};

struct ServiceHistory {
  std::string name;
  std::uint64_t incidents = 0;
  Estimate per_year;  // [Garwood36], too narrow where incidents cluster
  TimeFit resolve;
  TimeFit between;      // start to start, all incidents
  TimeFit own_between;  // of occasions that hit it alone
  TimeFit own_resolve;
  std::vector<double> own_severities;  // shares, ascending
  TimeLost lost;
  std::vector<TimeFit> stages;
};

// Two services: on a day with an incident of b, one of a began too.
struct DaysTogether {
  std::uint32_t a = 0, b = 0;
  Proportion a_given_b;
  Proportion b_given_a;
  double by_chance = 0;  // days in common if the days were independent
};

// Occasions that hit two services or more.
struct JointHistory {
  std::uint64_t occasions = 0;
  TimeFit between;
  TimeFit resolve;
  std::vector<double> severities;  // shares, ascending
  std::vector<Proportion> struck;  // by service: of the joint occasions
  std::vector<Proportion> share;   // by service: of its own occasions, joint
};

struct Calibration {
  UtcTime from, until;  // what was watched
  std::uint64_t incidents = 0;
  std::uint64_t open = 0;         // without an end
  std::uint64_t overlapping = 0;  // begun while another of a service was open
  std::vector<ServiceHistory> services;   // as in the log
  std::array<std::uint64_t, 24> hours{};  // starts by local hour
  std::array<std::uint64_t, 7> weekdays{};
  WeekProfile profile;  // the same, smoothed by half a count, mean 1
  std::vector<DaysTogether> days;
  JointHistory joint;
};

// Precondition: at least one incident. O(n log n) and the bootstraps.
Calibration calibrate(const IncidentLog& log,
                      const CalibrationOptions& options);

}  // namespace outagesim

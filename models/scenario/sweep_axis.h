// The axes of a sweep: a path of the scenario and the values to put there, as
// typed: "fault.power.ends=1 h,2 h,4 h" or, evenly from one to another,
// "service.dns.needs.db.life=5 min:60 min:12".
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace outagesim {

struct SweepAxis {
  std::string path;
  std::vector<std::string> values;  // as --set takes them, with their units
};

inline constexpr std::size_t kMostSweepPoints = 1000;

// A comma inside brackets or quotes belongs to a value, and so a law may be
// one. Throws a UsageError.
SweepAxis parse_axis(const std::string& text);

// Every combination of values, the last axis fastest: points[i][a] is of axis
// a. Throws a UsageError for a path given twice or above kMostSweepPoints.
std::vector<std::vector<std::string>> sweep_grid(
    const std::vector<SweepAxis>& axes);

}  // namespace outagesim

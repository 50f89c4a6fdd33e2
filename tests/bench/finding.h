// What a benchmark found: a quantity of outagesim beside that of the reference
// in the same round, and their ratio, which a busy machine hardly moves. The
// verdict is on the median of the ratios.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim::bench {

struct Target {
  bool at_least = true;  // or at most
  double ratio = 0;
};

// What a ratio compares.
enum class Basis { kProcessorTime, kWallClock, kMemory, kCount };

struct Finding {
  std::string name;   // for machines
  std::string title;  // for people
  std::string how;    // the command that was timed
  std::string unit;   // of the two that follow
  Basis basis = Basis::kProcessorTime;
  std::vector<double> ours, reference;  // by round
  std::vector<double> ratios;           // by round
  std::vector<double> by_wall;          // the same by the wall clock, if other
  std::optional<Target> target;
};

struct Spread {
  double low = 0, median = 0, high = 0;  // quartiles
};

// Precondition: not empty.
Spread spread_of(std::vector<double> values);

// "meets", "misses", or "" without a target.
std::string_view verdict_of(const Finding& finding);

// What the findings were found with.
struct Setting {
  std::string build;  // compiler and flags
  unsigned cores = 0;
  unsigned rounds = 0;
  bool is_short = false;  // then no ratio means anything
};

std::string heading(const Setting& setting);
std::string table_heading();
std::string table_row(const Finding& finding);

std::string to_json(const Setting& setting,
                    const std::vector<Finding>& findings,
                    const std::string& micro);

}  // namespace outagesim::bench

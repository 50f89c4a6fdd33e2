// What a run was: enough to run it again and to know what its files are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

struct RunInfo {
  std::string command;              // as a shell would take it
  std::vector<std::string> set;     // --set, in order
  std::string scenario;             // path as typed
  std::string strategy;             // in place; empty: as written
  std::uint64_t scenario_hash = 0;  // of all texts read and all settings
  std::uint64_t seed = 0;
  std::uint64_t asked = 0;     // replications
  std::uint64_t finished = 0;  // replications
  bool partial = false;
  // The precision asked for, where the run ended before it was reached.
  std::optional<double> missed_precision;
  unsigned threads = 1;  // of each rank
  unsigned ranks = 1;
  Seconds wall_time{0};
};

// "0123456789abcdef"
std::string hash_text(std::uint64_t hash);

}  // namespace outagesim

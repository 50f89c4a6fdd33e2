// The questions of the benchmark. Each runs outagesim and the reference in
// turn, round after round, through the whole path: a scenario in TOML in, CSV
// out, the start of the program included.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/finding.h"
#include "tests/bench/process.h"

namespace outagesim::bench {

struct Bench {
  std::string program;              // outagesim
  std::string reference;            // the loops written by hand
  std::string mpirun;               // may be missing
  std::filesystem::path scenarios;  // the folder of the source tree
  std::filesystem::path scratch;    // a folder that may be written to
  unsigned rounds = 7;
  bool is_short = false;

  std::uint64_t scaled(std::uint64_t work) const {
    return is_short ? work / 20 : work;
  }
};

struct Question {
  std::string name;
  std::function<Finding(const Bench&)> find;
};

// By the processor time of one thread.
std::vector<Question> speed_questions();

// Two threads and two ranks, and what uses both cores.
std::vector<Question> scaling_questions(const Bench& bench);

std::vector<Question> memory_questions();

// Whether outagesim and the reference answer the same, within four standard
// errors of what is exact. Throws std::runtime_error if not.
std::string check_answers(const Bench& bench);

// --- For the questions ---

// The loop over ten repairable services, so many years.
Command loop_command(const Bench& bench, std::uint64_t years);

// Targets in seconds are meant for a machine on which the loop does so many
// years a second; on any other they are as many years of the loop.
inline constexpr double kLoopYearsPerSecond = 290'000;

// `outagesim run`, quiet, into the scratch folder.
Command run_command_of(const Bench& bench, const std::string& scenario,
                       std::uint64_t replications, const Command& more = {});

}  // namespace outagesim::bench

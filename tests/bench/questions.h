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
  std::string probe;                // what no command tells
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

// Large graphs, and what an incident costs in them.
std::vector<Question> fleet_questions();

// Beside the simulators of others that are installed.
std::vector<Question> peer_questions();

// Whether outagesim, the reference and the peers answer the same, within four
// standard errors of what is exact. Throws std::runtime_error if not.
std::string check_answers(const Bench& bench);

// --- For the questions ---

// The loop over ten repairable services, so many years.
Command loop_command(const Bench& bench, std::uint64_t years);

// Targets in seconds are meant for a machine on which the loop does so many
// years a second; on any other they are as many years of the loop.
inline constexpr double kLoopYearsPerSecond = 290'000;

// What was spent beside a target in seconds, as so many years of the loop.
void beside_target(const Bench& bench, const Spent& spent, double target,
                   Finding& finding);

// Two programs that do the same work, or the same kind of work.
struct Contest {
  Command ours, reference;
  double our_work = 1, reference_work = 1;
};

// Work a second, in turn.
void play(const Bench& bench, const Contest& contest, Finding& finding);

// Ten repairable services on one thread.
Command years_command(const Bench& bench, std::uint64_t years);

// M/M/1 request by request, and how many customers these are.
Command queue_command(const Bench& bench);
std::uint64_t queue_customers_of(const Bench& bench);

// `outagesim run`, quiet, into the scratch folder.
Command run_command_of(const Bench& bench, const std::string& scenario,
                       std::uint64_t replications, const Command& more = {});

}  // namespace outagesim::bench

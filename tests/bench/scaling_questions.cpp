#include <algorithm>
#include <string>
#include <thread>

#include "tests/bench/questions.h"

namespace outagesim::bench {
namespace {

// As many copies of the loop at once: what this machine gives to programs that
// share nothing.
Seconds loop_wall(const Bench& bench, std::uint64_t years, std::size_t copies) {
  return run_together(std::vector<Command>(copies, loop_command(bench, years)))
      .spent.wall;
}

// How much faster two are than one, of what two copies of the loop gain.
void play_two(const Bench& bench, const Command& one, const Command& two,
              Finding& finding) {
  const std::uint64_t years = bench.scaled(80'000);
  finding.unit = " x";
  finding.how = shown(two);
  finding.basis = Basis::kWallClock;
  for (unsigned round = 0; round < bench.rounds; ++round) {
    const Seconds ours_alone = run_command(one).spent.wall;
    const Seconds loop_alone = loop_wall(bench, years, 1);
    const Seconds ours_both = run_command(two).spent.wall;
    const Seconds loop_both = loop_wall(bench, years, 2);
    const double gained = ours_alone / ours_both;
    const double possible = 2 * (loop_alone / loop_both);
    finding.ours.push_back(gained);
    finding.reference.push_back(possible);
    finding.ratios.push_back(gained / possible);
  }
}

Command long_run(const Bench& bench, std::uint64_t years, const Command& more) {
  return run_command_of(bench, "benchmark/repairable10.toml",
                        bench.scaled(years), more);
}

Finding threads(const Bench& bench) {
  Finding finding;
  finding.title = "two threads: 1.8 times as fast as one, of 2";
  finding.target = Target{true, 0.9};
  play_two(bench, long_run(bench, 100'000, {"--threads", "1"}),
           long_run(bench, 100'000, {"--threads", "2"}), finding);
  return finding;
}

Command with_two_ranks(const Bench& bench, const Command& one) {
  Command two{bench.mpirun,
              "--allow-run-as-root",
              "--oversubscribe",
              "--bind-to",
              "none",
              "-n",
              "2"};
  two.insert(two.end(), one.begin(), one.end());
  return two;
}

// So long that what mpirun takes to start and end is no more than a tenth.
Finding ranks(const Bench& bench) {
  Finding finding;
  finding.title = "two ranks of mpirun: times as fast as one";
  const Command one = long_run(bench, 800'000, {"--threads", "1"});
  Bench fewer = bench;
  fewer.rounds = std::min(bench.rounds, 3U);
  play_two(fewer, one, with_two_ranks(bench, one), finding);
  return finding;
}

// What they take beyond one process where there is next to nothing to do.
Finding ranks_to_start(const Bench& bench) {
  const Command one =
      run_command_of(bench, "benchmark/repairable10.toml", 2, {});
  const Command two = with_two_ranks(bench, one);
  Finding finding;
  finding.title = "two ranks of mpirun: to start and end, beside one";
  finding.unit = "s";
  finding.how = shown(two);
  finding.basis = Basis::kWallClock;
  for (unsigned round = 0; round < bench.rounds; ++round) {
    finding.ours.push_back(run_command(two).spent.wall.value);
    finding.reference.push_back(run_command(one).spent.wall.value);
    finding.ratios.push_back(finding.ours.back() / finding.reference.back());
  }
  return finding;
}

// Seconds on all cores, against as many of two copies of the loop.
void play_seconds(const Bench& bench, const Command& ours, double target,
                  Finding& finding) {
  const std::uint64_t years = bench.scaled(80'000);
  finding.unit = "s";
  finding.how = shown(ours);
  finding.basis = Basis::kWallClock;
  finding.target = Target{false, 1};
  for (unsigned round = 0; round < bench.rounds; ++round) {
    const Seconds wall = run_command(ours).spent.wall;
    const double of_target = target * kLoopYearsPerSecond / double(years);
    const Seconds loop = of_target * loop_wall(bench, years, 2);
    finding.ours.push_back(wall.value);
    finding.reference.push_back(loop.value);
    finding.ratios.push_back(wall / loop);
  }
}

constexpr const char* kFlagship = "openai-2024-12-26-supplier-power.toml";

Finding flagship(const Bench& bench) {
  Finding finding;
  finding.title = "26 December: 10,000 runs, all files, in 1 s";
  play_seconds(bench,
               run_command_of(bench, kFlagship, bench.scaled(10'000),
                              {"--each", "--threads", "2"}),
               1, finding);
  return finding;
}

// Seven strategies of the scenario and five questions.
Finding comparison(const Bench& bench) {
  Command command = run_command_of(bench, kFlagship, bench.scaled(10'000),
                                   {"--threads", "2"});
  command[1] = "compare";
  for (const char* what :
       {"detect:2", "diagnose:2", "mitigate:2", "restore:2", "diagnose:4"}) {
    command.insert(command.end(), {"--what-if", std::string("faster:") + what});
  }
  Bench fewer = bench;
  fewer.rounds = std::min(bench.rounds, 3U);
  Finding finding;
  finding.title = "26 December: 12 strategies compared in 10 s";
  play_seconds(fewer, command, 10, finding);
  return finding;
}

}  // namespace

std::vector<Question> scaling_questions(const Bench& bench) {
  std::vector<Question> questions;
  if (std::thread::hardware_concurrency() > 1) {
    questions.push_back({"threads", threads});
    if (std::filesystem::exists(bench.mpirun)) {
      questions.push_back({"ranks", ranks});
      questions.push_back({"ranks-start", ranks_to_start});
    }
  }
  questions.push_back({"flagship", flagship});
  questions.push_back({"compare", comparison});
  return questions;
}

}  // namespace outagesim::bench

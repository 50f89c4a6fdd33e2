#include <nlohmann/json.hpp>
#include <string>

#include "tests/bench/questions.h"

namespace outagesim::bench {
namespace {

Finding replications_a_second(const Bench& bench) {
  const std::uint64_t years = bench.scaled(40'000);
  Finding finding;
  finding.title = "ten repairable services: replications a second";
  finding.unit = "/s";
  finding.target = Target{true, 0.4};
  play(bench,
       {years_command(bench, years), loop_command(bench, years), double(years),
        double(years)},
       finding);
  return finding;
}

// Two events a customer: one comes, one goes.
Finding events_a_second(const Bench& bench) {
  const std::uint64_t customers = queue_customers_of(bench);
  Finding finding;
  finding.title = "M/M/1 request by request: events a second";
  finding.unit = "/s";
  play(bench,
       {queue_command(bench),
        {bench.reference, "mm1", std::to_string(4 * customers)},
        2.0 * double(customers),
        8.0 * double(customers)},
       finding);
  return finding;
}

Command static_command(const Bench& bench, std::uint64_t trials) {
  return {bench.program,
          "static",
          bench.scenarios / "benchmark/chain10-static.toml",
          "--threads",
          "1",
          "--trials",
          std::to_string(trials)};
}

Finding static_trials(const Bench& bench) {
  const std::uint64_t trials = bench.scaled(40'000'000);
  Finding finding;
  finding.title = "static chain of ten: trials a second";
  finding.unit = "/s";
  play(bench,
       {static_command(bench, trials),
        {bench.reference, "chain10", std::to_string(trials)},
        double(trials),
        double(trials)},
       finding);
  return finding;
}

// Seconds of one thread: the mean of so many times.
void play_seconds(const Bench& bench, const Command& ours, unsigned times,
                  double target, Finding& finding) {
  finding.unit = "s";
  finding.how = shown(ours);
  finding.target = Target{false, 1};
  for (unsigned round = 0; round < bench.rounds; ++round) {
    Spent spent;
    for (unsigned i = 0; i < times; ++i) {
      const Spent one = run_command(ours).spent;
      spent.processor += one.processor / double(times);
      spent.wall += one.wall / double(times);
    }
    beside_target(bench, spent, target, finding);
  }
}

Finding twenty_million_trials(const Bench& bench) {
  Finding finding;
  finding.title = "static chain of ten: 20 million trials in 1 s";
  play_seconds(bench, static_command(bench, bench.scaled(20'000'000)), 1, 1,
               finding);
  return finding;
}

// The loop's years until its 95 % interval is 0.1 % of the unavailability.
std::uint64_t years_to_know(const Bench& bench) {
  constexpr std::uint64_t kTried = 40'000;
  const auto answer =
      nlohmann::json::parse(run_command(loop_command(bench, kTried)).output);
  const double half_width = 1.96 * double(answer["standard_error"]);
  const double share = half_width / (1 - double(answer["mean"])) / 0.001;
  return std::uint64_t(double(kTried) * share * share);
}

// The unavailability of ten repairable services as well known by both.
Finding same_precision(const Bench& bench) {
  const std::uint64_t years = bench.scaled(years_to_know(bench));
  const std::string precision = bench.is_short ? "1 %" : "0.1 %";
  const Command ours =
      run_command_of(bench, "benchmark/repairable10.toml", 100 * years,
                     {"--threads", "1", "--outages", "0",
                      "--variance-reduction", "--precision", precision});
  Finding finding;
  finding.title = "the same unavailability to 0.1 %: times as fast";
  finding.unit = "s";
  finding.how = shown(ours);
  finding.target = Target{true, 3};
  for (unsigned round = 0; round < bench.rounds; ++round) {
    const Spent spent = run_command(ours).spent;
    const Spent loop = run_command(loop_command(bench, years)).spent;
    finding.ours.push_back(spent.processor.value);
    finding.reference.push_back(loop.processor.value);
    finding.ratios.push_back(loop.processor / spent.processor);
    finding.by_wall.push_back(loop.wall / spent.wall);
  }
  return finding;
}

// A whole run of one replication, to the files written and the end.
Finding first_replication(const Bench& bench) {
  const std::string scenario = bench.scratch / "thirty.toml";
  run_command({bench.program, "generate", "30", "--out", scenario});
  const Command run{bench.program, "run",
                    scenario,      "--replications",
                    "1",           "--threads",
                    "1",           "--quiet",
                    "--out",       bench.scratch / "results"};
  Finding finding;
  finding.title = "30 services: start to end of one run in 20 ms";
  play_seconds(bench, run, bench.is_short ? 2 : 10, 0.02, finding);
  return finding;
}

constexpr std::uint64_t kPerMinute = 800 * 60;

std::uint64_t queue_minutes(const Bench& bench) {
  return bench.is_short ? 1 : 20;
}

}  // namespace

void play(const Bench& bench, const Contest& contest, Finding& finding) {
  finding.how = shown(contest.ours);
  for (unsigned round = 0; round < bench.rounds; ++round) {
    const Spent ours = run_command(contest.ours).spent;
    const Spent loop = run_command(contest.reference).spent;
    const double work = contest.our_work / contest.reference_work;
    finding.ours.push_back(contest.our_work / ours.processor.value);
    finding.reference.push_back(contest.reference_work / loop.processor.value);
    finding.ratios.push_back(work * (loop.processor / ours.processor));
    finding.by_wall.push_back(work * (loop.wall / ours.wall));
  }
}

void beside_target(const Bench& bench, const Spent& spent, double target,
                   Finding& finding) {
  const std::uint64_t years = bench.scaled(40'000);
  const Spent loop = run_command(loop_command(bench, years)).spent;
  const double of_target = target * kLoopYearsPerSecond / double(years);
  finding.ours.push_back(spent.processor.value);
  finding.reference.push_back(of_target * loop.processor.value);
  finding.ratios.push_back(spent.processor / (of_target * loop.processor));
  finding.by_wall.push_back(spent.wall / (of_target * loop.wall));
}

Command years_command(const Bench& bench, std::uint64_t years) {
  return run_command_of(bench, "benchmark/repairable10.toml", years,
                        {"--threads", "1", "--outages", "0"});
}

Command queue_command(const Bench& bench) {
  return {bench.program,
          "load",
          bench.scenarios / "benchmark/mm1.toml",
          "--fidelity",
          "request",
          "--to",
          std::to_string(queue_minutes(bench)) + " min"};
}

std::uint64_t queue_customers_of(const Bench& bench) {
  return kPerMinute * queue_minutes(bench);
}

Command loop_command(const Bench& bench, std::uint64_t years) {
  return {bench.reference, "repairable10", std::to_string(years)};
}

Command run_command_of(const Bench& bench, const std::string& scenario,
                       std::uint64_t replications, const Command& more) {
  Command command{bench.program,
                  "run",
                  bench.scenarios / scenario,
                  "--replications",
                  std::to_string(replications),
                  "--quiet",
                  "--out",
                  bench.scratch / "results"};
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

std::vector<Question> speed_questions() {
  return {{"replications-a-second", replications_a_second},
          {"same-precision", same_precision},
          {"events-a-second", events_a_second},
          {"static-trials", static_trials},
          {"static-target", twenty_million_trials},
          {"first-replication", first_replication}};
}

}  // namespace outagesim::bench

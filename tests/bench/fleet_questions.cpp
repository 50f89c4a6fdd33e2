#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/bench/questions.h"
#include "tests/support/touched_fleet.h"

namespace outagesim::bench {
namespace {

// Each takes half a minute.
unsigned fleet_rounds(const Bench& bench) { return std::min(bench.rounds, 3U); }

// The targets are for a million.
std::uint64_t fleet_size(const Bench& bench) {
  return bench.scaled(1'000'000) / (bench.is_short ? 10 : 1);
}

std::string fleet_path(const Bench& bench) {
  return bench.scratch / "large-fleet.toml";
}

Command generate_fleet(const Bench& bench) {
  return {bench.program, "generate", std::to_string(fleet_size(bench)), "--out",
          fleet_path(bench)};
}

// The path of the fleet, written if it is not there.
std::string fleet(const Bench& bench) {
  const std::string path = fleet_path(bench);
  if (!std::filesystem::exists(path)) run_command(generate_fleet(bench));
  return path;
}

Finding seconds_finding(std::string title, const Command& how) {
  Finding finding;
  finding.title = std::move(title);
  finding.unit = "s";
  finding.how = shown(how);
  finding.target = Target{false, 1};
  return finding;
}

Finding make_and_load(const Bench& bench) {
  const Command validate{bench.program, "validate", fleet_path(bench)};
  Finding finding = seconds_finding(
      "a million services: generate, load, compile in 15 s", validate);
  for (unsigned round = 0; round < fleet_rounds(bench); ++round) {
    Spent spent = run_command(generate_fleet(bench)).spent;
    const Spent loaded = run_command(validate).spent;
    spent.processor += loaded.processor;
    spent.wall += loaded.wall;
    beside_target(bench, spent, 15, finding);
  }
  return finding;
}

// Of the larger of both, which is to load.
Finding memory_to_load(const Bench& bench) {
  constexpr double kMost = 3e9;
  const Command validate{bench.program, "validate", fleet(bench)};
  Finding finding;
  finding.title = "a million services: load and compile in 3 GB";
  finding.unit = " B";
  finding.basis = Basis::kMemory;
  finding.how = shown(validate);
  finding.target = Target{false, 1};
  const double peak = run_command(validate).spent.peak_bytes;
  finding.ours.push_back(peak);
  finding.reference.push_back(kMost);
  finding.ratios.push_back(peak / kMost);
  return finding;
}

// To load it included.
Finding all_blasts(const Bench& bench) {
  const Command blast{bench.program, "blast", fleet(bench), "--all"};
  Finding finding = seconds_finding(
      "a million services: load, all blast radii in 1 min", blast);
  for (unsigned round = 0; round < fleet_rounds(bench); ++round) {
    beside_target(bench, run_command(blast).spent, 60, finding);
  }
  return finding;
}

// The slowest of ten, the widest among them; by itself, since to load what it
// is asked of takes a hundred times as long.
Finding one_blast(const Bench& bench) {
  const Command probe{bench.probe, "blast", fleet(bench), "10"};
  Finding finding = seconds_finding(
      "a million services: any one blast radius in 0.1 s", probe);
  for (unsigned round = 0; round < fleet_rounds(bench); ++round) {
    const auto answer = nlohmann::json::parse(run_command(probe).output);
    Spent spent;
    spent.processor = spent.wall = {double(answer["slowest"])};
    beside_target(bench, spent, 0.1, finding);
  }
  finding.by_wall.clear();
  return finding;
}

// A replication by itself, its part of the results included: the difference of
// many and one.
Finding touched(const Bench& bench) {
  const std::string path = bench.scratch / "touched.toml";
  std::ofstream(path) << "format = 1\n"
                      << touched_fleet(static_cast<int>(fleet_size(bench)));
  const auto run = [&](unsigned replications) {
    return run_command_of(bench, path, replications, {"--threads", "1"});
  };
  constexpr unsigned kMore = 100;
  Finding finding = seconds_finding(
      "an incident of 10,000 among a million in 50 ms", run(kMore + 1));
  for (unsigned round = 0; round < fleet_rounds(bench); ++round) {
    const Spent one = run_command(run(1)).spent;
    Spent spent = run_command(run(kMore + 1)).spent;
    spent.processor = (spent.processor - one.processor) / kMore;
    spent.wall = (spent.wall - one.wall) / kMore;
    beside_target(bench, spent, 0.05, finding);
  }
  return finding;
}

// Of engines that have run the same replications before.
Finding allocations(const Bench& bench) {
  Finding finding;
  finding.title = "the event loop, warm: allocations an event";
  finding.basis = Basis::kCount;
  finding.target = Target{false, 0};
  for (const char* scenario :
       {"openai-2024-12-26-supplier-power.toml",
        "openai-2024-12-11-telemetry.toml", "openai-year.toml",
        "retry-storm.toml", "benchmark/repairable10.toml"}) {
    const Command probe{bench.probe, "allocations", bench.scenarios / scenario,
                        bench.is_short ? "5" : "50"};
    if (finding.how.empty()) finding.how = shown(probe);
    const auto answer = nlohmann::json::parse(run_command(probe).output);
    if (answer["cold"] == 0) throw std::runtime_error("nothing is counted");
    const double each = double(answer["warm"]) / double(answer["events"]);
    finding.ours.push_back(each);
    finding.reference.push_back(0);
    finding.ratios.push_back(each);
  }
  return finding;
}

}  // namespace

std::vector<Question> fleet_questions() {
  return {{"allocations", allocations},     {"large-fleet", make_and_load},
          {"large-memory", memory_to_load}, {"one-blast", one_blast},
          {"all-blasts", all_blasts},       {"touched", touched}};
}

}  // namespace outagesim::bench

// A replication of each benchmark scenario, and the way from text to model.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/engine/engine.h"
#include "sim/engine/static_trials.h"
#include "sim/experiment/fleet.h"
#include "sim/request/request_sim.h"
#include "tests/support/touched_fleet.h"

namespace outagesim::bench {
namespace {

std::string scenario_file(const std::string& name) {
  return OUTAGESIM_SOURCE_DIR "/scenarios/" + name;
}

void one_replication(benchmark::State& state, const std::string& name) {
  const Model model = compile(load_scenario(scenario_file(name)));
  Engine engine(model);
  std::uint64_t index = 0;
  for (auto _ : state) benchmark::DoNotOptimize(&engine.run(1, index++));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(one_replication, repairable10, "benchmark/repairable10.toml");
BENCHMARK_CAPTURE(one_replication, mm1_by_flow, "benchmark/mm1.toml");
BENCHMARK_CAPTURE(one_replication, openai_26_december,
                  "openai-2024-12-26-supplier-power.toml");

// An incident that touches 10,000 services, of so many.
void one_replication_touches(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("outagesim-touched-" + std::to_string(::getpid()));
  std::ofstream(path) << "format = 1\n"
                      << touched_fleet(static_cast<int>(state.range(0)));
  const Model model = compile(load_scenario(path.string()));
  std::filesystem::remove(path);
  Engine engine(model);
  std::uint64_t index = 0;
  for (auto _ : state) benchmark::DoNotOptimize(&engine.run(1, index++));
}
BENCHMARK(one_replication_touches)
    ->Arg(kTouchedServices)
    ->Arg(10 * kTouchedServices)
    ->Unit(benchmark::kMillisecond);

// A second of 800 requests; items are events.
void requests(benchmark::State& state) {
  const Model model =
      compile(load_scenario(scenario_file("benchmark/mm1.toml")));
  RequestWindow window;
  window.from = {60};
  window.to = {70};
  std::uint64_t events = 0;
  for (auto _ : state) {
    ++window.seed;
    events +=
        simulate_requests(model.load, model.plan.clocks, {}, window).events;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(requests)->Unit(benchmark::kMillisecond);

// Items are trials, 64 a word.
void static_word(benchmark::State& state) {
  const Model model =
      compile(load_scenario(scenario_file("benchmark/chain10-static.toml")));
  const StaticSystem system = *static_system(model);
  std::vector<TrialBits> up(system.services.size());
  std::uint64_t word = 0;
  for (auto _ : state) {
    simulate_word(system, 1, word++, up);
    benchmark::DoNotOptimize(up.data());
  }
  state.SetItemsProcessed(state.iterations() * kTrialsPerWord);
}
BENCHMARK(static_word);

std::filesystem::path write_fleet(std::uint32_t services) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("outagesim-fleet-" + std::to_string(services) + ".toml");
  const Fleet fleet = make_fleet({.services = services});
  std::ofstream file(path);
  file << "format = 1\n[scenario]\nstart = 2025-01-01T00:00:00Z\n"
          "horizon = \"1 d\"\n";
  for (std::uint32_t i = 0; i < fleet.services.size(); ++i) {
    file << "[service." << fleet_name(fleet, i) << "]\nneeds = [";
    const char* comma = "";
    for (const std::uint32_t need : fleet.services[i].needs) {
      file << comma << '"' << fleet_name(fleet, need) << '"';
      comma = ", ";
    }
    file << "]\n";
  }
  return path;
}

void load_fleet(benchmark::State& state) {
  const auto path = write_fleet(static_cast<std::uint32_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(load_scenario(path.string()).services.size());
  }
  std::filesystem::remove(path);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(load_fleet)->Arg(10'000)->Unit(benchmark::kMillisecond);

void compile_fleet(benchmark::State& state) {
  const auto path = write_fleet(static_cast<std::uint32_t>(state.range(0)));
  const Scenario scenario = load_scenario(path.string());
  std::filesystem::remove(path);
  for (auto _ : state) {
    benchmark::DoNotOptimize(compile(scenario).products.size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(compile_fleet)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace outagesim::bench

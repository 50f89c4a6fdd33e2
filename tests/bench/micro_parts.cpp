// The parts of the engine by themselves, the reference loops beside them.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "models/parts/distribution.h"
#include "sim/core/event_queue.h"
#include "sim/core/random.h"
#include "tests/bench/reference_loop.h"

namespace outagesim::bench {
namespace {

// The "hold" model: of so many pending events the earliest is taken and put
// back later.
void hold_events(benchmark::State& state) {
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  EventQueue<std::uint32_t> queue;
  Stream random({.seed = 7});
  const auto later = [&] { return Seconds{random.next()}; };
  for (std::uint32_t i = 0; i < pending; ++i) queue.push(later(), 0, i);
  for (auto _ : state) {
    const auto event = queue.pop();
    queue.push(event.time + later(), 0, event.payload);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hold_events)->Arg(10)->Arg(1000)->Arg(100'000)->Arg(1'000'000);

void next_uniform(benchmark::State& state) {
  Stream random({.seed = 7});
  for (auto _ : state) benchmark::DoNotOptimize(random.next());
}
BENCHMARK(next_uniform);

// A stream of its own for a single draw, as most things in the engine have.
void first_uniform(benchmark::State& state) {
  StreamKey key{.seed = 7};
  for (auto _ : state) {
    ++key.entity;
    benchmark::DoNotOptimize(Stream(key).next());
  }
}
BENCHMARK(first_uniform);

void loop_year(benchmark::State& state) {
  std::uint64_t seed = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(repairable_years(1, ++seed).mean);
  }
}
BENCHMARK(loop_year);

}  // namespace
}  // namespace outagesim::bench

// Once an engine has held what a replication needs, it allocates nothing.
// Counts every allocation of this program.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/engine/engine.h"
#include "tests/support/source_tree.h"

namespace {
std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace outagesim {
namespace {

// How many allocations the second running of some replications takes.
std::uint64_t allocations_when_warm(const std::string& scenario) {
  const Model model =
      compile(load_scenario((source_tree() / "scenarios" / scenario).string()));
  Engine engine(model);
  const auto run_some = [&] {
    for (std::uint64_t i = 0; i < 20; ++i) engine.run(1, i);
  };
  const std::uint64_t at_first = allocations;
  run_some();
  EXPECT_GT(allocations, at_first) << "nothing is counted";
  const std::uint64_t before = allocations;
  run_some();
  return allocations - before;
}

TEST(WarmEngine, AllocatesNothing) {
  for (const std::string scenario :
       {"openai-2024-12-11-telemetry.toml", "retry-storm.toml",
        "cold-cache.toml", "openai-2024-12-26-supplier-power.toml",
        "openai-year.toml", "meta-2024-12-11.toml",
        "benchmark/repairable10.toml"}) {
    EXPECT_EQ(allocations_when_warm(scenario), 0) << scenario;
  }
}

}  // namespace
}  // namespace outagesim

// What no command of outagesim tells of itself, as JSON:
//   outagesim_probe allocations SCENARIO REPLICATIONS
//   outagesim_probe blast SCENARIO SERVICES
// Allocations of the second running of some replications, over their events;
// processor seconds of the structural blast of one service, the slowest of so
// many, the one with which most falls among them.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "models/analysis/blast.h"
#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/engine/engine.h"
#include "sim/experiment/all_falls.h"

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

namespace outagesim::bench {
namespace {

int count_allocations(const Model& model, std::uint64_t replications) {
  Engine engine(model);
  std::uint64_t events = 0;
  const auto run_all = [&] {
    events = 0;
    const std::uint64_t before = allocations;
    for (std::uint64_t i = 0; i < replications; ++i) {
      events += engine.run(1, i).events;
    }
    return allocations - before;
  };
  const std::uint64_t cold = run_all(), warm = run_all();
  std::cout << "{\"cold\": " << cold << ", \"warm\": " << warm
            << ", \"events\": " << events << "}\n";
  return 0;
}

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double seconds_of_blast(const Model& model, ServiceId service) {
  const double begun = processor_seconds();
  const BlastReport report =
      structural_blast(model, {.service = service, .most_names = {}});
  const double spent = processor_seconds() - begun;
  if (!report.services.empty()) return spent;
  throw std::logic_error("a blast without a service");
}

int time_blasts(const Model& model, std::uint64_t services) {
  const auto falls = all_falls(model, 1);
  const auto widest = std::ranges::max_element(
      falls, {}, [](const FallCount& fall) { return fall.services; });
  const auto worst = static_cast<ServiceId>(widest - falls.begin());
  double slowest = seconds_of_blast(model, worst);
  for (std::uint64_t i = 1; i < services; ++i) {
    const auto service = static_cast<ServiceId>(i * falls.size() / services);
    slowest = std::max(slowest, seconds_of_blast(model, service));
  }
  std::cout << "{\"slowest\": " << slowest
            << ", \"falls_with_widest\": " << widest->services << "}\n";
  return 0;
}

int probe(const std::string& what, const std::string& scenario,
          std::uint64_t count) {
  const Model model = compile(load_scenario(scenario));
  if (what == "allocations") return count_allocations(model, count);
  if (what == "blast") return time_blasts(model, count);
  std::cerr << "outagesim_probe allocations|blast SCENARIO COUNT\n";
  return 1;
}

}  // namespace
}  // namespace outagesim::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "outagesim_probe allocations|blast SCENARIO COUNT\n";
    return 1;
  }
  try {
    return outagesim::bench::probe(argv[1], argv[2],
                                   std::strtoull(argv[3], nullptr, 10));
  } catch (const std::exception& error) {
    std::cerr << "outagesim_probe: " << error.what() << "\n";
    return 2;
  }
}

// The benchmarks' questions in SimGrid: an actor a service, or two with a queue
// between them. A process has one engine, so years follow one another in it.
// Prints what outagesim_reference prints:
//   outagesim_simgrid_peer repairable10|mm1 COUNT [SEED]
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <random>
#include <simgrid/s4u.hpp>
#include <string>

namespace {

namespace sg = simgrid::s4u;

constexpr double kYear = 8760;  // h
constexpr int kServices = 10;
constexpr std::uint64_t kBatch = 10'000;  // customers

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : random_(seed) {}
  double exponential(double mean) {
    return std::exponential_distribution<double>(1 / mean)(random_);
  }

 private:
  std::mt19937_64 random_;
};

// Of independent parts.
struct Mean {
  std::uint64_t n = 0;
  double sum = 0, squares = 0;

  void add(double value) {
    ++n;
    sum += value;
    squares += value * value;
  }
  int tell(std::uint64_t events) const {
    const auto count = static_cast<double>(n);
    const double mean = sum / count;
    const double variance = (squares / count - mean * mean) / (count - 1);
    std::printf(
        "{\"events\": %llu, \"mean\": %.10g, \"standard_error\": %.10g}\n",
        static_cast<unsigned long long>(events), mean,
        std::sqrt(variance > 0 ? variance : 0));
    return 0;
  }
};

// Ten services in series, all up at the start of each year. Actors live through
// all years: to make new ones for each would take three times as long.
struct Chain {
  Draws& draws;
  Mean& mean;
  std::uint64_t events = 0;
  double since = 0, down_time = 0;
  int down = 0, at_the_end = 0;

  // Whether it is the same year after it.
  bool sleep(double average, double until) {
    const double wakes = sg::Engine::get_clock() + draws.exponential(average);
    const bool in_time = wakes < until;
    sg::this_actor::sleep_until(in_time ? wakes : until);
    events += in_time ? 1 : 0;
    return in_time;
  }

  void serve_until(double until) {
    while (sleep(1000, until)) {
      if (down++ == 0) since = sg::Engine::get_clock();
      const bool repaired = sleep(4, until);
      if (--down == 0) down_time += sg::Engine::get_clock() - since;
      if (!repaired) break;
    }
    if (++at_the_end < kServices) return;
    mean.add(1 - down_time / kYear);
    down_time = 0;
    at_the_end = 0;
  }

  void serve(std::uint64_t years) {
    for (std::uint64_t year = 1; year <= years; ++year) {
      serve_until(static_cast<double>(year) * kYear);
    }
  }
};

// Clock in ms: what is below its precision, 1e-5, takes no time.
struct Queue {
  sg::SemaphorePtr waiting = sg::Semaphore::create(0);
  std::deque<double> came;
};

void arrive(Queue& queue, std::uint64_t customers, Draws& draws) {
  for (std::uint64_t i = 0; i < customers; ++i) {
    sg::this_actor::sleep_for(draws.exponential(1.25));
    queue.came.push_back(sg::Engine::get_clock());
    queue.waiting->release();
  }
}

void serve(Queue& queue, std::uint64_t customers, Draws& draws, Mean& mean) {
  double batch = 0;
  for (std::uint64_t i = 1; i <= customers; ++i) {
    queue.waiting->acquire();
    sg::this_actor::sleep_for(draws.exponential(1.0));
    batch += sg::Engine::get_clock() - queue.came.front();
    queue.came.pop_front();
    if (i % kBatch != 0) continue;
    mean.add(batch / static_cast<double>(kBatch) / 1000);
    batch = 0;
  }
}

int simulate(sg::Engine& engine, const std::string& which, std::uint64_t count,
             Draws& draws) {
  auto* zone = sg::create_full_zone("zone");
  auto* host = zone->create_host("host", 1e9);
  zone->seal();
  Mean mean;
  Queue queue;
  Chain chain{draws, mean};
  if (which == "mm1") {
    sg::Actor::create("arrivals", host, [&] { arrive(queue, count, draws); });
    sg::Actor::create("server", host,
                      [&] { serve(queue, count, draws, mean); });
  } else {
    for (int i = 0; i < kServices; ++i) {
      sg::Actor::create("service", host, [&] { chain.serve(count); });
    }
  }
  engine.run();
  return mean.tell(which == "mm1" ? 2 * count : chain.events);
}

}  // namespace

int main(int argc, char** argv) {
  sg::Engine engine(&argc, argv);
  const std::string which = argc > 2 ? argv[1] : "";
  const std::uint64_t count =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (count == 0 || (which != "mm1" && which != "repairable10")) {
    std::fprintf(stderr,
                 "outagesim_simgrid_peer repairable10|mm1 COUNT [SEED]\n");
    return 1;
  }
  Draws draws(argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  return simulate(engine, which, count, draws);
}

#include "tests/bench/reference_loop.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <vector>

namespace outagesim::bench {
namespace {

constexpr double kToFailure = 1000, kToRepair = 4, kYear = 8760;  // h
constexpr std::uint32_t kServices = 10;
constexpr double kArrivals = 800, kServed = 1000;  // a second

// xoshiro256++ of Blackman and Vigna, seeded by splitmix64.
class FastRandom {
 public:
  explicit FastRandom(std::uint64_t seed) {
    for (auto& word : state_) {
      seed += 0x9e3779b97f4a7c15;
      std::uint64_t z = seed;
      z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
      z = (z ^ z >> 27) * 0x94d049bb133111eb;
      word = z ^ z >> 31;
    }
  }

  double uniform() {  // in (0, 1)
    return (static_cast<double>(next() >> 11) + 0.5) * 0x1p-53;
  }
  double exponential(double mean) { return -mean * std::log(uniform()); }

 private:
  std::uint64_t next() {
    auto& s = state_;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = std::rotl(s[3], 45);
    return result;
  }

  std::array<std::uint64_t, 4> state_{};
};

struct LoopEvent {
  double time = 0;
  std::uint32_t what = 0;
};

// A heap with four children a node.
class LoopHeap {
 public:
  void clear() { events_.clear(); }
  bool empty() const { return events_.empty(); }

  void push(const LoopEvent& event) {
    std::size_t hole = events_.size();
    events_.push_back(event);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (events_[parent].time <= event.time) break;
      events_[hole] = events_[parent];
      hole = parent;
    }
    events_[hole] = event;
  }

  LoopEvent pop() {
    const LoopEvent first = events_.front(), last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sink(last);
    return first;
  }

 private:
  void sink(const LoopEvent& event) {
    const std::size_t size = events_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 4 * hole + 1) {
      const std::size_t end = child + 4 < size ? child + 4 : size;
      std::size_t least = child;
      for (std::size_t i = child + 1; i < end; ++i) {
        if (events_[i].time < events_[least].time) least = i;
      }
      if (events_[least].time >= event.time) break;
      events_[hole] = events_[least];
      hole = least;
    }
    events_[hole] = event;
  }

  std::vector<LoopEvent> events_;
};

struct Sums {
  std::uint64_t n = 0;
  double sum = 0, squares = 0;

  void add(double value) {
    ++n;
    sum += value;
    squares += value * value;
  }
  LoopAnswer answer(std::uint64_t events) const {
    const auto count = static_cast<double>(n);
    const double mean = sum / count;
    const double variance = (squares / count - mean * mean) / (count - 1);
    return {events, mean, std::sqrt(variance > 0 ? variance : 0)};
  }
};

// One year; returns the hours in which all are up.
double one_year(FastRandom& random, LoopHeap& heap, std::uint64_t& events) {
  std::array<bool, kServices> is_down{};
  int down = 0;
  double down_since = 0, lost = 0;
  heap.clear();
  for (std::uint32_t i = 0; i < kServices; ++i) {
    heap.push({random.exponential(kToFailure), i});
  }
  for (;;) {
    LoopEvent event = heap.pop();
    if (event.time >= kYear) break;
    ++events;
    if (is_down[event.what]) {
      if (--down == 0) lost += event.time - down_since;
    } else if (down++ == 0) {
      down_since = event.time;
    }
    is_down[event.what] = !is_down[event.what];
    const double mean = is_down[event.what] ? kToRepair : kToFailure;
    event.time += random.exponential(mean);
    heap.push(event);
  }
  if (down > 0) lost += kYear - down_since;
  return kYear - lost;
}

}  // namespace

LoopAnswer repairable_years(std::uint64_t years, std::uint64_t seed) {
  FastRandom random(seed);
  LoopHeap heap;
  Sums up;
  std::uint64_t events = 0;
  for (std::uint64_t i = 0; i < years; ++i) {
    up.add(one_year(random, heap, events) / kYear);
  }
  return up.answer(events);
}

// A service is up at t with probability a + (1 - a) exp(-t / tau); the tenth
// power by the binomial theorem, and its mean over the year term by term.
double exact_repairable_year() {
  const double a = kToFailure / (kToFailure + kToRepair);
  const double tau = 1 / (1 / kToFailure + 1 / kToRepair);
  double mean = 0, choose = 1;
  for (int k = 0; k <= 10; ++k) {
    const double rate = k / tau * kYear;
    const double decayed = k == 0 ? 1 : -std::expm1(-rate) / rate;
    mean += choose * std::pow(a, 10 - k) * std::pow(1 - a, k) * decayed;
    choose = choose * (10 - k) / (k + 1);
  }
  return mean;
}

LoopAnswer queue_customers(std::uint64_t customers, std::uint64_t seed) {
  constexpr std::uint32_t kArrival = 0, kDeparture = 1;
  constexpr std::uint64_t kBatch = 10'000;
  constexpr std::size_t kRoom = 1 << 16;  // a power of two
  FastRandom random(seed);
  LoopHeap heap;
  std::vector<double> arrived(kRoom);  // of those present, a ring
  std::size_t first = 0, present = 0;
  std::uint64_t left = customers, events = 0, served = 0;
  double batch = 0;
  Sums times;
  heap.push({random.exponential(1 / kArrivals), kArrival});
  while (!heap.empty()) {
    const LoopEvent event = heap.pop();
    ++events;
    if (event.what == kArrival) {
      arrived[(first + present++) % kRoom] = event.time;
      if (--left > 0) {
        heap.push({event.time + random.exponential(1 / kArrivals), kArrival});
      }
    } else {
      batch += event.time - arrived[first++ % kRoom];
      --present;
      if (++served % kBatch == 0) {
        times.add(batch / kBatch);
        batch = 0;
      }
    }
    const bool begins = event.what == kArrival ? present == 1 : present > 0;
    if (begins) {
      heap.push({event.time + random.exponential(1 / kServed), kDeparture});
    }
  }
  return times.answer(events);
}

double exact_queue_time() { return 1 / (kServed - kArrivals); }

LoopAnswer chain_trials(std::uint64_t trials, std::uint64_t seed) {
  const double up = kToFailure / (kToFailure + kToRepair);
  FastRandom random(seed);
  std::uint64_t all_up = 0;
  for (std::uint64_t i = 0; i < trials; ++i) {
    bool is_up = true;
    for (std::uint32_t s = 0; s < kServices; ++s) {
      is_up &= random.uniform() < up;
    }
    all_up += is_up ? 1 : 0;
  }
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(all_up) / n;
  return {0, p, std::sqrt(p * (1 - p) / n)};
}

double exact_chain() {
  return std::pow(kToFailure / (kToFailure + kToRepair), double{kServices});
}

}  // namespace outagesim::bench

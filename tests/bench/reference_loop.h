// The floor: the benchmarks' questions answered by loops written by hand in
// C++ for just these questions, with a heap of events and a fast generator, and
// without names, statistics, files or repeatable streams. What outagesim takes
// beyond them is what its generality costs.
#pragma once

#include <cstdint>

namespace outagesim::bench {

// A mean over independent parts, and what it took.
struct LoopAnswer {
  std::uint64_t events = 0;
  double mean = 0;
  double standard_error = 0;
};

// Ten services in series, all up at the start, that fail after 1000 h and are
// repaired after 4 h, on average and exponentially: the share of a year of
// 8760 h that all ten are up, over so many years.
LoopAnswer repairable_years(std::uint64_t years, std::uint64_t seed);

// The same share, exactly: 0.9608837.
double exact_repairable_year();

// M/M/1 with 800 arrivals and room for 1000 services a second: seconds from
// arrival to departure, over batches of 10,000 customers.
LoopAnswer queue_customers(std::uint64_t customers, std::uint64_t seed);

// The same time, exactly and in the long run: 5 ms.
double exact_queue_time();

// A chain of ten services, each up with probability 1000/1004: how likely all
// are, one trial after the other.
LoopAnswer chain_trials(std::uint64_t trials, std::uint64_t seed);

// The same probability, exactly: 0.9608661.
double exact_chain();

}  // namespace outagesim::bench

// Queues by formula: Poisson arrivals, exponential services, c servers; with a
// waiting room that is full, with callers that give up, or with a closed group
// of machines that need repair. All are birth-death chains; probabilities are
// by recursion, without factorials [Kleinrock75, chapter 3].
#pragma once

#include <cstdint>
#include <vector>

namespace outagesim {

struct QueueAnswer {
  double full = 0;       // an arrival finds the system full: lost
  double waits = 0;      // an arrival that is not lost has to wait
  double gives_up = 0;   // an arrival that is not lost leaves unserved
  double in_system = 0;  // mean number, in service too
  double in_queue = 0;   // mean number waiting
  double wait = 0;       // mean time waiting of those not lost
  double busy = 0;       // mean number of servers at work
  std::vector<double> probability;  // of each number in the system
};

// M/M/c/K: room for `most` in all, those in service included. Rates per one
// unit of time. Preconditions: servers >= 1, most >= servers, rates > 0.
QueueAnswer mmck(double arrivals, double services, std::uint32_t servers,
                 std::uint32_t most);

// Erlang's loss formula B [Erlang17] and his waiting formula C; `offered` =
// arrivals / services. Precondition of C: offered < servers. O(servers).
double erlang_b(double offered, std::uint32_t servers);
double erlang_c(double offered, std::uint32_t servers);

// M/M/c with callers who give up waiting after an exponential patience of rate
// `leaving` [Palm57]; cut where the probabilities fall below 1e-18 of the
// largest. Preconditions: servers >= 1, rates > 0.
QueueAnswer erlang_a(double arrivals, double services, std::uint32_t servers,
                     double leaving);

// The machine repairman [Palm47]: `machines` fail at `failures` each and are
// repaired by `crews`. in_system is the mean number down, wait the mean time a
// failed machine waits for a crew; `full` and `gives_up` are 0.
QueueAnswer machine_repairman(std::uint32_t machines, std::uint32_t crews,
                              double failures, double repairs);

}  // namespace outagesim

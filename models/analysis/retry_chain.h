// One queue with retries as a Markov chain, exactly: how long the good state
// lasts, how long the bad one, and the spectral gap that says how slowly the
// two mix. After [Alvaro25]: states are (requests in the queue, calls waiting
// to be retried); an arrival that finds n before it will time out with the
// probability that n + 1 pieces of work take longer than T.
#pragma once

#include <cstdint>

#include "models/base/units.h"

namespace outagesim {

struct RetryChain {
  PerSecond offered{0};   // new calls
  PerSecond capacity{1};  // one server, exponential work
  Seconds timeout{1};
  Seconds backoff{0};
  double attempts = 1;         // mean number of a call that always fails
  std::uint32_t room = 1;      // most requests in the queue
  std::uint32_t retrying = 0;  // most calls waiting to be retried
};

struct RetryChainAnswer {
  PerSecond gap{0};  // of the slowest mode
  // Mean time from empty until the wait exceeds 1.5 T, or half-way from T to
  // what the room is for; infinite where there is no room for T.
  Seconds escape{0};
  Seconds recovery{0};   // mean time from full until it is below T / 2
  double collapsed = 0;  // share of time with a wait above T
};

// Cost of a sparse factorisation of room × retrying states: about 50 ms for
// 5,000. Preconditions: rates and times above 0, room >= 2.
RetryChainAnswer solve(const RetryChain& chain);

// P(n + 1 exponential pieces of work take longer than T): Erlang's tail.
double timeout_probability(std::uint32_t before, double mean_served);

}  // namespace outagesim

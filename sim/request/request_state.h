// What a simulation of requests keeps: attempts in a pool, a queue and servers
// by station, time-outs first come first served by stream. Internal to this
// folder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/compiled/load_net.h"
#include "sim/core/earliest_source.h"
#include "sim/core/event_queue.h"
#include "sim/core/random.h"
#include "sim/engine/load_streams.h"
#include "sim/request/request_result.h"
#include "sim/request/retry_calendar.h"

namespace outagesim {

// First in, first out, in a ring of a power of two.
template <class T>
class FifoRing {
 public:
  bool empty() const { return first_ == end_; }
  std::size_t size() const { return end_ - first_; }
  const T& front() const { return ring_[first_ & mask_]; }
  // The i-th from the front.
  T& at(std::size_t i) { return ring_[(first_ + i) & mask_]; }
  void pop() { ++first_; }
  void push(const T& value) {
    if (end_ - first_ == ring_.size()) grow();
    ring_[end_++ & mask_] = value;
  }
  void clear() { first_ = end_; }

 private:
  void grow() {
    std::vector<T> larger(std::max<std::size_t>(64, 2 * ring_.size()));
    const std::size_t n = size();
    for (std::size_t i = 0; i < n; ++i) larger[i] = ring_[(first_ + i) & mask_];
    ring_ = std::move(larger);
    mask_ = ring_.size() - 1;
    first_ = 0;
    end_ = n;
  }
  std::vector<T> ring_;
  std::size_t mask_ = 0, first_ = 0, end_ = 0;
};

// One attempt of a call. It lives until its work is done and its caller knows.
struct Attempt {
  std::uint32_t stream = kNone;  // kNone: nobody waits for it
  std::uint32_t parent = kNone;  // the attempt whose request makes the call
  std::uint32_t number = 0;      // from 0
  std::uint32_t pending = 0;     // calls of its own that have not ended
  std::uint32_t generation = 0;
  std::uint32_t twin = kNone;  // the other copy of the same call …
  std::uint32_t twin_generation = 0;
  bool is_open = true;      // its caller waits
  bool is_lost = false;     // with its station's queue; freed by its time-out
  bool has_failed = false;  // one of its calls has
  double arrived = 0;
  double first = 0;  // when the call was first made
};

struct TimedAttempt {
  double at = 0;
  std::uint32_t attempt = 0;
  std::uint32_t generation = 0;
};

struct RetryOrder {
  std::uint32_t stream = 0, parent = kNone, number = 0;
  double first = 0;
};

struct RequestStation {
  StationInput in;
  double scale = 1;
  double pace = 0;     // of all servers, requests a second, in good order
  double speed = 1;    // share of that pace now
  double work = 0;     // time at full pace that has passed …
  double work_at = 0;  // … up to here
  std::uint32_t servers = 1;
  double room = kNoBound;
  FifoRing<std::uint32_t> queue;  // kNone: shed, its place is free …
  std::size_t shed = 0;           // … so many of them
  // Ends of work on the clock `work`, earliest first.
  std::vector<std::pair<double, std::uint32_t>> busy;
  double tokens = 0, tokens_at = 0;  // of the rate limit
};

struct EndedCall {
  double at = 0;
  bool failed = false;
};

struct RequestStream {
  FifoRing<TimedAttempt> timers;
  FifoRing<TimedAttempt> hedges;       // when a copy is made
  FifoRing<TimedAttempt> copy_timers;  // when a copy's call times out
  double flushed_at = -kNoBound;       // calls begun before are not retried
  EventQueue<TimedAttempt> patience;   // where it varies
  double rate = 0;                     // from outside, a second
  double budget = 0;                   // retries saved up
  double pace = 0;  // new calls a second, smoothed, for the budget's burst
  double paced_at = 0;
  BreakerState breaker = BreakerState::kClosed;
  double breaker_turns = kNoBound;
  FifoRing<EndedCall> ended;
  double ended_failing = 0;
  bool cache_is_lost = false;
  double entries = 0;
};

struct RequestWorld {
  RequestWorld(const LoadNet& n, const std::vector<Clock>& c,
               const RequestWindow& w);

  const LoadNet& net;
  const std::vector<Clock>& clocks;
  RequestWindow window;
  double now = 0;    // from the scenario's start
  double begin = 0;  // of the simulation, before the window
  Stream uniform;
  std::vector<RequestStation> stations;
  std::vector<RequestStream> streams;
  std::vector<std::uint8_t> calls;  // by caller
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>>
      calls_of;  // by station: stream and caller
  std::vector<Attempt> pool;
  std::vector<std::uint32_t> free_attempts;
  RetryCalendar<RetryOrder> retries;
  EarliestSource sources;
  RequestResult result;
};

// Sources are numbered: arrivals by stream, time-outs by stream, extra load by
// station, ends of work by station, retries, inputs and changes of rate.
inline std::size_t arrivals_of(std::uint32_t stream) { return stream; }
inline std::size_t timeouts_of(const RequestWorld& w, std::uint32_t stream) {
  return w.streams.size() + stream;
}
inline std::size_t extra_of(const RequestWorld& w, std::uint32_t station) {
  return 2 * w.streams.size() + station;
}
inline std::size_t work_of(const RequestWorld& w, std::uint32_t station) {
  return 2 * w.streams.size() + w.stations.size() + station;
}
inline std::size_t retries_source(const RequestWorld& w) {
  return 2 * (w.streams.size() + w.stations.size());
}
inline std::size_t changes_source(const RequestWorld& w) {
  return retries_source(w) + 1;
}

double exponential(RequestWorld& world);  // of mean 1

// Whether the breaker, if there is one, lets a call through now.
bool breaker_lets_through(RequestWorld& world, std::uint32_t stream);
// Takes one retry, or one copy, out of the budget, if there is one.
bool spend_budget(RequestWorld& world, std::uint32_t stream);

// A call is made for the first time, or again.
void make_request_call(RequestWorld& world, std::uint32_t stream,
                       std::uint32_t parent);
void attempt_call(RequestWorld& world, const RetryOrder& order);
// The attempt reaches its station: refused, queued or taken into work.
void reach_station(RequestWorld& world, std::uint32_t station,
                   std::uint32_t attempt);
// Work that is due at the station has ended.
void end_work(RequestWorld& world, std::uint32_t station);
// The attempt is answered; `good` but for its station's own errors.
void answer(RequestWorld& world, std::uint32_t attempt);
// The caller learns that the attempt has failed.
void fail_attempt(RequestWorld& world, std::uint32_t attempt);
void time_out(RequestWorld& world, std::uint32_t stream);
// Plans the attempt's time-out, and its second copy.
void start_timer(RequestWorld& world, const CallStream& law,
                 std::uint32_t attempt);
// The other copy of the call, if its caller still waits for it; else kNone.
std::uint32_t open_twin(const RequestWorld& world, const Attempt& attempt);
void free_attempt(RequestWorld& world, std::uint32_t attempt);
std::uint32_t new_attempt(RequestWorld& world);

// The attempt's station has lost it: its caller finds out by its time-out.
void lose_attempt(RequestWorld& world, std::uint32_t attempt);
// The station's queue is lost, and its callers' retries.
void flush_requests(RequestWorld& world, std::uint32_t station);
// Takes new inputs of a station into force.
void set_station(RequestWorld& world, std::uint32_t station,
                 const StationInput& input, double scale);
// Rates of arrival from outside anew; returns when they next change.
double refresh_rates(RequestWorld& world);

inline std::size_t bin_now(const RequestWorld& w) {
  const double at = (w.now - w.window.from.value) / w.window.bin.value;
  return at < 0 ? SIZE_MAX : static_cast<std::size_t>(at);
}
inline StreamBin* stream_bin(RequestWorld& w, std::uint32_t stream) {
  auto& bins = w.result.streams[stream];
  const std::size_t bin = bin_now(w);
  return bin < bins.size() ? &bins[bin] : nullptr;
}
inline StationBin* station_bin(RequestWorld& w, std::uint32_t station) {
  auto& bins = w.result.stations[station];
  const std::size_t bin = bin_now(w);
  return bin < bins.size() ? &bins[bin] : nullptr;
}

}  // namespace outagesim

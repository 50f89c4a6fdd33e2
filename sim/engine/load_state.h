// The state of load as a fluid: queues fill and drain at rates that are
// constant between events, so every crossing is computed, not stepped to. Who
// has given up is told by looking back: what arrived at t - T times out exactly
// when the gap G = (arrived by t - T) - (served by t) is positive, under any
// history of capacity. Definitions: docs/overload.md.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "models/compiled/load_net.h"
#include "models/compiled/node_set.h"
#include "models/compiled/plan.h"
#include "sim/core/earliest_source.h"
#include "sim/engine/load_queue.h"

namespace outagesim {

// A value that arrives `delay` later than it was put in; kept as steps.
class LoadDelay {
 public:
  explicit LoadDelay(Seconds delay = {}) : delay_(delay) {}

  // What comes out now.
  double value() const { return out_; }
  Seconds next() const { return steps_.empty() ? kForever : steps_.front().at; }
  // Takes out what is due. Returns whether the value changed.
  bool take_due(Seconds now) {
    bool changed = false;
    while (!steps_.empty() && steps_.front().at <= now) {
      changed = changed || steps_.front().value != out_;
      out_ = steps_.front().value;
      steps_.pop_front();
    }
    return changed;
  }
  // Steps smaller than `tolerance` are not worth an event.
  void put(Seconds now, double value, double tolerance) {
    const bool to_zero = value == 0 && in_ != 0;
    if (!to_zero && std::abs(value - in_) <= tolerance) return;
    in_ = value;
    if (!steps_.empty() && steps_.back().at == now + delay_) {
      steps_.back().value = value;
    } else {
      steps_.push_back({now + delay_, value});
    }
  }
  // As if the value had always been this.
  void fill(double value) {
    in_ = out_ = value;
    steps_.clear();
  }
  Seconds delay() const { return delay_; }

 private:
  struct Step {
    Seconds at{0};
    double value = 0;
  };
  Seconds delay_;
  double in_ = 0, out_ = 0;
  LoadQueue<Step> steps_;
};

// What the rest of the system does to a station; set from outside.
struct StationInput {
  double capacity = 1;   // share of its capacity that works
  bool refuses = false;  // down: callers fail at once
  double demand = 1;     // multiple of the calls made to it
  double adds = 0;       // requests a second that nobody waits for
  double errors = 0;     // share of its answers that are wrong by themselves
  double failing = 0;    // and of those for want of what it calls
  bool operator==(const StationInput&) const = default;
};

// Requests that came in together, of one mixture.
struct LoadSegment {
  double amount = 0;
  double rate = 0;            // at which they came
  Seconds first{0}, last{0};  // when they arrived
};

struct StationState {
  Seconds now{0};  // up to where it has been moved on
  StationInput in;
  double capacity = 0;  // requests a second, now
  double room = 0;
  double queue = 0;                               // Q: waiting and in work
  double arriving = 0, admitted = 0, served = 0;  // a second: Σa, dA, dS
  LoadQueue<LoadSegment> segments;                // the queue, oldest first …
  LoadQueue<double> shares;  // … and their mixtures, `kinds` of each,
  std::uint32_t kinds = 0;   // by stream and attempt: StreamState::offset
  double scale = 1;          // of the scale-out
  Seconds scales_at = kForever;
  Seconds silent_since = kForever;  // answers nobody in time
  bool fell = false;                // has been silent for too long
};

// Work that was admitted, and lost before it was served.
struct LostWork {
  double from = 0, to = 0;  // ahead of X, in requests
};

enum class BreakerState : std::uint8_t { kClosed, kOpen, kHalfOpen };

// One line a retry: after attempt `attempt` (from 0) failed, with weight.
struct RetryLine {
  std::uint32_t attempt = 0;
  double weight = 1;
  LoadDelay line;
};

struct StreamState {
  std::uint32_t attempts = 1;
  std::uint32_t offset = 0;      // of its attempts in a mixture
  double demand = 0;             // new calls a second, cache and breaker aside
  double fresh = 0;              // l: new calls a second that are made
  std::vector<double> calls;     // a[k]: made, by attempt
  std::vector<double> admitted;  // by attempt
  std::vector<double> failing;   // F[k]: attempts failing now, by attempt
  std::vector<LoadDelay> ago;    // x[k]: admitted, T ago
  LoadDelay all_ago;             // of the whole station, T ago: dX
  double gap = 0;                // G
  bool waits = true;             // its time-out can come to pass
  bool late = false;             // what arrived T ago times out
  LoadQueue<LostWork> lost;
  std::vector<RetryLine> retries;
  double budget = 0;  // retries saved up
  // Hedging: copies a second, of what was let in so long ago and is not
  // answered; the gap is G with the hedge's delay for the time-out.
  double hedges = 0, hedge_gap = 0;
  LoadDelay hedge_ago, hedge_all_ago;  // of the stream, of the whole station
  double refused = 0;                  // φ: share refused
  double good = 0, gone = 0;  // calls a second that end well, or for good
  double success = 1;         // of the calls that end now
  // Breaker
  BreakerState breaker = BreakerState::kClosed;
  Seconds breaker_turns = kForever;
  double seen = 0, seen_failing = 0;  // attempts ended within the window
  double ends = 0, ends_failing = 0;  // a second
  LoadDelay ends_ago, ends_failing_ago;
  // Cache
  double entries = 0;
  bool cache_is_lost = false;
};

struct LoadState {
  LoadState(const LoadNet& n, const std::vector<Clock>& c);

  const LoadNet& net;
  const std::vector<Clock>& clocks;
  Seconds now{0};     // from when the simulation begins …
  Seconds begins{0};  // … which is so long after the scenario's start
  std::vector<StationState> stations;
  std::vector<StreamState> streams;
  EarliestSource next;                   // by station: when it has an event
  NodeSet dirty, later;                  // to recompute: in this pass, the next
  std::vector<std::uint8_t> is_touched;  // by station, in this refresh
  std::vector<std::uint32_t> touched;    // stations of the last refresh
  std::vector<std::uint32_t>
      by_priority;                       // streams of a station, highest first
  std::vector<std::uint8_t> calls_made;  // by caller: not dropped, active
  std::vector<double> ready;             // scratch, of the load alone
  std::uint64_t events = 0;
  // Of the rates: smaller steps are passed over. Grows where events are too
  // many for the time that passes, and falls again.
  double tolerance = kFinest;
  Seconds memory{0};          // of calls, until they are given up
  Seconds counted_from{0};    // since then …
  std::uint64_t counted = 0;  // … so many events
  static constexpr double kFinest = 1e-8;
};

// A system at rest, with empty queues; keeps the memory. O(streams).
void reset_load(LoadState& load, Seconds begins);

// Rates of the station must be recomputed: its inputs have changed.
void mark_dirty(LoadState& load, std::uint32_t station);
void mark_all_dirty(LoadState& load);

// When something changes by itself; kForever if nothing will.
Seconds next_load_event(const LoadState& load);

// Moves on to `to`, at most next_load_event(), and takes what is due then.
// refresh_load() must follow. Cost: what is due × log stations.
void advance_load(LoadState& load, Seconds to);

// Recomputes the rates of stations that are dirty: where something was due, or
// whose inputs were changed; and of all that follows, callers first. Cost: what
// changes, not the stations there are.
void refresh_load(LoadState& load);

// Empties a station's queue: a restart. Its callers find out in their own time.
void flush_station(LoadState& load, std::uint32_t station);

// The same, and its callers forget the calls they have begun: no time-outs, no
// retries of them.
void flush_calls(LoadState& load, std::uint32_t station);

// What a station serves of the calls made to it, but for the failures of what
// it needs: 1 where nobody calls.
double load_factor(const LoadState& load, std::uint32_t station);

// Mean time from arrival to answer now, and its quantile: in a backlog the age
// of the oldest request, otherwise the stationary wait of M/G/c [Lee59], whose
// tail is taken as exponential.
Seconds mean_latency(const LoadState& load, std::uint32_t station);
Seconds latency_quantile(const LoadState& load, std::uint32_t station,
                         Probability p);
// Share of requests that take longer than `d` while there is no backlog, of
// M/M/c exactly [Lee59].
double share_slower_than(const LoadState& load, std::uint32_t station,
                         Seconds d);

}  // namespace outagesim

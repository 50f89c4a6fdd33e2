// The same load request by request: Poisson arrivals, queues, servers,
// time-outs, retries, breakers. The reference that the flow is checked against,
// and what tells latency percentiles. What people and slow machines do (faults,
// restarts, scale-out, falling over) is replayed from the flow's replication.
#pragma once

#include <cstdint>
#include <vector>

#include "models/compiled/load_net.h"
#include "models/compiled/plan.h"
#include "sim/engine/load_record.h"

namespace outagesim {

struct RequestWindow {
  Seconds from{0}, to{0};  // from the scenario's start
  Seconds bin{1};
  double scale = 1;  // of all rates, capacities and queues
  std::uint64_t seed = 1;
  bool patience_varies = false;  // exponential, time-outs being its mean
};

// What happened in one bin of time.
struct StreamBin {
  double fresh = 0;    // calls made for the first time, or answered by a cache
  double good = 0;     // calls that ended well
  double gone = 0;     // calls given up
  double latency = 0;  // s, sum over the good
};
struct StationBin {
  double arrived = 0, refused = 0;
  double begun = 0;   // work begun
  double waited = 0;  // s, sum over those begun
  double left = 0;    // expired while they waited, not worked for
};

// Times in classes of equal ratio: a quantile is right to 2 %.
class LatencyHistogram {
 public:
  void add(double seconds);
  std::uint64_t count() const { return count_; }
  // Precondition: count() > 0.
  Seconds quantile(Probability p) const;
  Seconds mean() const;

 private:
  std::vector<std::uint64_t> classes_;
  std::uint64_t count_ = 0;
  double sum_ = 0;
};

struct RequestResult {
  RequestWindow window;
  std::vector<std::vector<StreamBin>> streams;    // by stream, by bin
  std::vector<std::vector<StationBin>> stations;  // by station, by bin
  std::vector<LatencyHistogram> latency;          // by stream, of the good
  std::uint64_t requests = 0;                     // from outside
  std::uint64_t events = 0;
};

// Simulates the window, of `record`'s inputs (in order of time), from a system
// at rest that begins at window.from less the longest time-out. A pure function
// of its arguments. About 0.3 µs an event.
RequestResult simulate_requests(const LoadNet& net,
                                const std::vector<Clock>& clocks,
                                const std::vector<LoadInputStep>& inputs,
                                const RequestWindow& window);

}  // namespace outagesim

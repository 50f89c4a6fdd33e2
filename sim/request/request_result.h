// What a simulation request by request is asked, and what it finds.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/units.h"
#include "sim/request/latency_histogram.h"

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

struct RequestResult {
  RequestWindow window;
  std::vector<std::vector<StreamBin>> streams;    // by stream, by bin
  std::vector<std::vector<StationBin>> stations;  // by station, by bin
  std::vector<LatencyHistogram> latency;          // by stream, of the good
  std::uint64_t requests = 0;                     // from outside
  std::uint64_t events = 0;
};

}  // namespace outagesim

// Who calls whom how often: the part of the graph that load flows through. A
// station is a node that takes requests, a stream the calls that one kind of
// caller makes to one station. Stations are ordered callers first, except in
// circles. Empty where no service says how much it serves.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "models/base/units.h"
#include "models/compiled/model.h"
#include "models/parts/load.h"
#include "models/scenario/scenario.h"

namespace outagesim {

class ClockBook;

inline constexpr double kNoBound = std::numeric_limits<double>::infinity();

struct LoadStation {
  NodeId node = kNone;
  PerSecond capacity{kNoBound};
  double room = kNoBound;  // requests waiting and in work
  std::uint32_t at_once = 1;
  double varies = 1;
  bool drops_expired = false;
  bool sheds = false;
  PerSecond limit{kNoBound};
  std::optional<ScaleOut> scale_out;
  std::optional<Seconds> falls_over_after;
  double size = 1;                              // of the cell, as written
  std::uint32_t first_stream = 0, streams = 0;  // into LoadNet::streams
};

// One station whose requests make the stream's calls.
struct LoadCaller {
  std::uint32_t station = 0;
  double calls = 1;            // for each of its requests
  NeedId need = kNone;         // while it is not dropped …
  std::uint32_t position = 0;  // … and, of `any`, this one is active
};

struct CallStream {
  std::string name;
  std::uint32_t station = 0;
  Seconds timeout{kNoBound};
  RetryPolicy retry;
  std::optional<Breaker> breaker;
  std::uint32_t priority = 0;
  Seconds hedge{kNoBound};   // a second copy after so long
  bool fails_caller = true;  // hard, any, quorum: the request fails with it
  std::uint32_t first_caller = 0, callers = 0;  // into LoadNet::callers
  PerSecond offered{0};                         // from outside
  std::uint32_t clock = kNone;                  // into Plan::clocks
  std::vector<Surge> surges;
  double surge_share = 1;  // of what a surge adds
  bool is_cached = false;
  Fraction hits{0};
  double entries = 0;
  NodeId cache_in = kNone;  // kNone: lost when its callers fall
};

// A target of a need, and the streams that carry its calls.
struct LoadedEntry {
  std::uint32_t entry = 0;  // into Graph::targets
  std::uint32_t stream = 0;
  double weight = 1;
};

struct LoadNet {
  std::vector<LoadStation> stations;
  std::vector<CallStream> streams;        // grouped by station
  std::vector<LoadCaller> callers;        // grouped by stream
  std::vector<LoadedEntry> entries;       // ascending by entry
  std::vector<std::uint32_t> station_of;  // by node; kNone: no station
  std::vector<std::vector<std::uint32_t>> callees;  // by station: stations
  bool empty() const { return stations.empty(); }
};

// Cost O(needs × cells of their targets) where load is modelled, else O(1).
LoadNet compile_load(const Scenario& scenario, const Graph& graph,
                     ClockBook& clocks);

}  // namespace outagesim

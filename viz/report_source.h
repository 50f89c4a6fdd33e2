// What the page of a run is made of: the run, what it came to, a few
// replications to be played, and what other commands found.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/analysis/blast.h"
#include "models/scenario/scenario.h"
#include "sim/engine/trace.h"
#include "sim/experiment/outage_lengths.h"
#include "sim/experiment/portrait.h"
#include "sim/experiment/statistics.h"
#include "viz/comparison_report.h"
#include "viz/run_info.h"

namespace outagesim {

// One replication to be played.
struct Replay {
  std::string title;  // "the middle case"
  std::uint64_t replication = 0;
  Trace trace;
  std::vector<OutageRecord> outages;
};

// The strategy that the page recommends, on the baseline's random numbers.
struct Recommended {
  std::size_t candidate = 0;  // into Comparison::candidates
  std::string why;
  const OutageLengths* lengths = nullptr;
};

// A table of something that the page knows nothing about, such as checks.
struct ReportTable {
  std::string title, sentence;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::string id;       // of its CSV file, "checks"
  std::string command;  // makes the same numbers
  bool folded = false;  // of little interest: shown only when asked for
};

struct ReportSource {
  const Scenario& scenario;
  const Summary& summary;
  const RunInfo& info;
  std::span<const SummaryRow> rows;
  const BlastReport& structural;
  std::span<const FaultBlast> faults;
  const Portrait& portrait;
  std::vector<Replay> replays;
  const ComparisonStory* comparison = nullptr;
  std::vector<std::string> reasons;  // by candidate: why it is done
  std::optional<Recommended> recommended;
  std::vector<ReportTable> tables;
  std::string backtest_command;  // makes the recorded moments' percentiles
};

}  // namespace outagesim
